import type { Run } from '#language/define-plugin'
import { missingKey } from '../shared/missing'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { key, namespace = ctx.namespace, errorOnMissing }) => {
  const deleted = await ctx.kv.delete(key, namespace)
  if (!deleted && errorOnMissing) throw missingKey(key, namespace)
  return { deleted }
}

export default run
