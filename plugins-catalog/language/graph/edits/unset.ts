import type { Path } from '../../check/problem'
import { valueAt } from '../../paths'
import { goneWith } from '../places'
import { removeValue } from '../write/values'
import { type Context, type Plan, type Step, withRemoved } from './context'

/** Takes out a property or item, and what becomes empty around it. */
export function planUnset({ flow, catalog }: Context, path: Path): Plan | string {
  if (path.length === 0) return 'a flow can’t be removed from its own text'
  if (valueAt(flow, path) === undefined) return { steps: [], expected: flow }
  const target = goneWith(flow, path, catalog)
  const step: Step = page => removeValue(page, target)
  return { steps: [step], expected: withRemoved(flow, target) }
}
