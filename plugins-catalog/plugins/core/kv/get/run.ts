import type { Run } from '#language/define-plugin'
import { missingKey } from '../shared/missing'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { key, namespace = ctx.namespace, errorOnMissing }) => {
  const found = await ctx.kv.get(key, namespace)
  if (found === null && errorOnMissing) throw missingKey(key, namespace)
  return { value: found?.value ?? null }
}

export default run
