import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'

/** What a machine of a vendor does with a job: it reads the kit by its link, and sends by the links therein. */
export type Kit = {
  /** Of the archive, by their names. */
  files: Record<string, string>
  /** Sends what the command said since. */
  say(stdout: string, stderr?: string): Promise<void>
  /** Sends files, by their paths in the working directory, and how the command ended. */
  end(exit: string, outputs?: Record<string, string>): Promise<void>
}

export async function readKit(url: string): Promise<Kit> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`The kit can't be read: ${answer.status}`)
  const files = await unpack(Readable.fromWeb(answer.body as never).pipe(createGunzip()))
  const links = (files['io/urls'] ?? '').trim().split('\n')
  const put = async (link: string | undefined, body: Buffer | string) => {
    const { ok, status } = await fetch(link ?? '', { method: 'PUT', body: body as string })
    if (!ok) throw new Error(`The link can't be written: ${status}`)
  }
  return {
    files,
    say: (stdout, stderr = '') =>
      put(links.shift(), `${Buffer.byteLength(stdout)} ${Buffer.byteLength(stderr)}\n${stdout}${stderr}`),
    async end(exit, outputs) {
      if (outputs !== undefined) await put(files['io/url.outputs'], await packOutputs(outputs))
      await put(files['io/url.end'], `${exit}\n${outputs === undefined ? 'none' : 'kept'}\n`)
    },
  }
}

export async function unpack(archive: Readable): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for await (const entry of archive.pipe(extract())) {
    files[entry.header.name] = (await buffer(entry as unknown as Readable)).toString()
  }
  return files
}

export async function packOutputs(outputs: Record<string, string>): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of Object.entries(outputs)) archive.entry({ name: `./${name}` }, content)
  archive.finalize()
  return await buffer(archive as unknown as Readable)
}
