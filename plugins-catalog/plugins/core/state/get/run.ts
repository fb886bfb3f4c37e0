import type { Run } from '#language/define-plugin'
import { readState, stateKey } from '../shared/state'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { errorOnMissing, ...ref }) => {
  const data = (await readState(ctx, await stateKey(ctx, ref), errorOnMissing)) ?? {}
  return { count: Object.keys(data).length, data }
}

export default run
