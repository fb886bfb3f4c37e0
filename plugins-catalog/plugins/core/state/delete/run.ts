import type { Run } from '#language/define-plugin'
import { missingState, stateKey } from '../shared/state'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { errorOnMissing, ...ref }) => {
  const key = await stateKey(ctx, ref)
  const deleted = await ctx.kv.delete(key, ctx.namespace)
  if (!deleted && errorOnMissing) throw missingState(key)
  return { deleted }
}

export default run
