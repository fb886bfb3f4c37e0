export type FileNode =
  | { kind: 'file'; name: string; path: string; size: number }
  | { kind: 'folder'; name: string; path: string; children: FileNode[] }

/** Paths of files as a tree: folders first, by name. */
export function toFileTree(files: readonly { path: string; size: number }[]): FileNode[] {
  const top: FileNode[] = []
  for (const { path, size } of files) {
    const parts = path.split('/')
    const name = parts.pop() ?? path
    folderOf(top, parts).push({ kind: 'file', name, path, size })
  }
  return sorted(top)
}

function folderOf(top: FileNode[], parts: readonly string[]): FileNode[] {
  let children = top
  for (const [index, name] of parts.entries()) {
    let folder = children.find(node => node.kind === 'folder' && node.name === name)
    if (folder === undefined) {
      folder = { kind: 'folder', name, path: parts.slice(0, index + 1).join('/'), children: [] }
      children.push(folder)
    }
    children = folder.kind === 'folder' ? folder.children : children
  }
  return children
}

function sorted(nodes: FileNode[]): FileNode[] {
  for (const node of nodes) if (node.kind === 'folder') sorted(node.children)
  return nodes.sort((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1
    return a.name < b.name ? -1 : 1
  })
}
