import type { Run } from '#language/define-plugin'
import { readState, stateKey } from '../shared/state'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { data, ...ref }) => {
  const key = await stateKey(ctx, ref)
  const state = { ...(await readState(ctx, key, false)), ...data }
  await ctx.kv.set(key, state, { namespace: ctx.namespace })
  return { count: Object.keys(state).length, key }
}

export default run
