/** A file somebody chose or dropped, and where it is to go. */
export type Chosen = { path: string; file: File }

/** Files of an input; where a folder was chosen, with the path that they have in it. */
export function fromInput(files: FileList | null): Chosen[] {
  return [...(files ?? [])].map(file => ({ path: file.webkitRelativePath || file.name, file }))
}

/** All that was dropped, folders with what is in them. To be called at once: the browser forgets it after the event. */
export function fromDrop(data: DataTransfer): Promise<Chosen[]> {
  const entries = [...data.items].flatMap(item => item.webkitGetAsEntry() ?? [])
  return filesOf(entries, '')
}

async function filesOf(entries: readonly FileSystemEntry[], folder: string): Promise<Chosen[]> {
  const found = await Promise.all(
    entries.map(async (entry): Promise<Chosen[]> => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (isFile(entry)) return [{ path, file: await readFile(entry) }]
      return isFolder(entry) ? filesOf(await readFolder(entry), path) : []
    }),
  )
  return found.flat()
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** The browser hands them out by the hundred, and none once it has given all. */
async function readFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}
