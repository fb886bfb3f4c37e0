import { type Run, TaskError } from '#language/define-plugin'
import { momentMs } from '../../shared/date'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { flows, namespaces, states, startDate, endDate, expression }) => {
  if (flows === undefined && namespaces === undefined) throw new TaskError('needs "flows" or "namespaces" to count for')
  const span = { startDate: dateOf(startDate), ...(endDate === undefined ? {} : { endDate: dateOf(endDate) }) }
  const places: { namespace: string; flowId?: string }[] = flows ?? (namespaces ?? []).map(namespace => ({ namespace }))
  const results = []
  for (const place of places) {
    const count = await ctx.records.countExecutions({ ...place, states, ...span })
    if (String(await ctx.render(expression, { count })).trim() === 'true') results.push({ ...place, count })
  }
  return { results, total: results.reduce((sum, { count }) => sum + count, 0) }
}

function dateOf(text: string): Date {
  return new Date(momentMs(text))
}

export default run
