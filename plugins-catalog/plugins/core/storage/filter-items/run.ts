import { Readable } from 'node:stream'
import { type Run, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { formatIon } from '../../../../rows/write-ion'
import { readItems } from '../shared/items'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { from, filterCondition, filterType, errorOrNullBehavior } = properties
  let total = 0
  let kept = 0
  async function* filter(): AsyncGenerator<string> {
    for await (const { value, variables } of readItems(ctx, from)) {
      total++
      const answer = await ctx.render(filterCondition, variables).then(readAnswer, (error: Error) => error)
      const isKept =
        typeof answer === 'boolean'
          ? answer === (filterType === 'INCLUDE')
          : isUndecidedKept(errorOrNullBehavior, answer, total)
      if (!isKept) continue
      kept++
      yield `${formatIon(value)}\n`
    }
  }
  const uri = await ctx.storage.put('items.ion', Readable.from(filter()))
  return { uri, processedItemsTotal: total, droppedItemsTotal: total - kept }
}

export default run

/** Null for what is neither true nor false. */
function readAnswer(rendered: Json): boolean | null {
  const text = String(rendered ?? '')
    .trim()
    .toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : null
}

function isUndecidedKept(behavior: 'FAIL' | 'INCLUDE' | 'EXCLUDE', answer: Error | null, number: number): boolean {
  if (behavior !== 'FAIL') return behavior === 'INCLUDE'
  const why = answer === null ? 'it is neither true nor false' : answer.message
  throw new TaskError(
    `filterCondition of item ${number}: ${why}; errorOrNullBehavior can include or exclude such items`,
  )
}
