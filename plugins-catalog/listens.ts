/** The Node half of every realtime trigger, by type; written by hand, as `runs.ts` is, and compared in `polls.test.ts`. */
import type { Realtime } from '#language/define-plugin'

export const listens: Readonly<Record<string, () => Promise<{ default: Realtime<never> }>>> = {
  'io.kestra.plugin.redis.list.RealtimeTrigger': () => import('./plugins/redis/list/realtime-trigger/listen'),
}
