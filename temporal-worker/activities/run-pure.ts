import type { JsonObject } from '#language/json'
import { pureTasks } from '../pure/index'
import { PureFailure, type PureResult } from '../pure/pure-task'

/** Runs a task that only computes inside another; one that changes the execution itself can't be there. */
export function runPure(type: string, properties: JsonObject, raw: JsonObject): PureResult {
  const task = Object.hasOwn(pureTasks, type) ? pureTasks[type] : undefined
  if (task === undefined) throw new PureFailure(`This version of Millrace can't run ${type}`)
  const result = task(properties, raw)
  if (result.effect !== undefined) throw new PureFailure(`${type} changes its execution, and can't run inside a task`)
  return result
}
