import { Readable } from 'node:stream'
import type { Run, TaskStorage } from '#language/define-plugin'
import { withExtension } from '../shared/names'
import { readUris } from '../shared/uris'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { files, separator, extension }) => {
  const content = Readable.from(concat(ctx.storage, readUris(files, 'files'), separator))
  return { uri: await ctx.storage.put(withExtension('concat', extension), content) }
}

export default run

async function* concat(storage: TaskStorage, uris: string[], separator = ''): AsyncGenerator<Buffer> {
  for (const uri of uris) {
    yield* await storage.open(uri)
    if (separator !== '') yield Buffer.from(separator)
  }
}
