import { mkdtemp, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { privateFilePrefix, type Run } from '#language/define-plugin'
import { readLines } from '../shared/lines'
import { createPartWriter } from './part-writer'
import type plugin from './plugin'
import { chooseRule } from './rules'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const choosePart = chooseRule(properties)
  // The working directory may be shared with other tasks.
  const folder = await mkdtemp(join(await ctx.workingDir(), `${privateFilePrefix}split-`))
  const writer = createPartWriter(folder)
  try {
    for await (const line of readLines(await ctx.storage.open(properties.from))) {
      ctx.signal.throwIfAborted()
      const text = line + properties.separator
      const part = choosePart(line, Buffer.byteLength(text))
      if (part !== null) await writer.write(part, text)
    }
  } finally {
    await writer.close()
  }
  const extension = extname(properties.from)
  const uris: string[] = []
  for (const file of writer.files()) uris.push(await ctx.storage.put(`part-${uris.length + 1}${extension}`, file()))
  await rm(folder, { recursive: true })
  if (uris.length === 0) ctx.log('WARN', `${properties.from} has no lines that belong to a part`)
  return { uris }
}

export default run
