import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Run, RunContext } from '#language/define-plugin'
import { formatIon } from '../../../../rows/write-ion'
import { readItems } from '../shared/items'
import type plugin from './plugin'

/** Reads the file twice: which item of a key is the last is known only at its end, and keys are small. */
const run: Run<typeof plugin> = async (ctx, { from, expr }) => {
  const lastByKey = new Map<string, number>()
  let total = 0
  for await (const { variables } of readItems(ctx, from)) {
    const key = await ctx.render(expr, variables)
    lastByKey.set(hash(JSON.stringify(key)), total++)
  }
  const kept = new Set(lastByKey.values())
  const uri = await ctx.storage.put('items.ion', Readable.from(keep(ctx, from, kept)))
  return { uri, numKeys: kept.size, processedItemsTotal: total, droppedItemsTotal: total - kept.size }
}

export default run

async function* keep(ctx: RunContext, from: string, kept: Set<number>): AsyncGenerator<string> {
  let index = 0
  for await (const { value } of readItems(ctx, from)) if (kept.has(index++)) yield `${formatIon(value)}\n`
}

/** Sixteen bytes for a key of any length. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22)
}
