import { isJsonObject, type Json } from '../json'
import type { Construct } from './construct'
import { triggersIn } from './sites'

/** `preconditions` of a Flow trigger; Kestra 2 has `dependsOn` and `window`. */
export const preconditions: Construct = {
  name: 'preconditions',
  message: 'Kestra 2 has no "preconditions"; it says "dependsOn" and "window"',
  toNew: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.preconditions !== undefined)
      .map(({ trigger, path }) => ({
        path: [...path, 'preconditions'],
        at: 'key',
        change: () => reasonFor(trigger.preconditions),
      })),
  toOld: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.dependsOn !== undefined)
      .map(({ path }) => ({
        path: [...path, 'dependsOn'],
        at: 'key',
        change: () => 'preconditions count a window in another way and hand outputs out by other names',
      })),
}

/** Never exact: the windows count otherwise, and outputs get other names. */
function reasonFor(written: Json | undefined): string {
  const value = isJsonObject(written) ? written : {}
  if (value.where !== undefined) return 'filters of "where" are written by hand as "when" of each "dependsOn"'
  if (value.resetOnSuccess !== undefined) return 'a window of Kestra 2 has no "resetOnSuccess"'
  return 'a window of Kestra 2 counts otherwise than the default of a day, and outputs are read as trigger.outputs.<flowId>'
}
