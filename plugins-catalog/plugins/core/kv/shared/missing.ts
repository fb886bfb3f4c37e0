import { TaskError } from '#language/define-plugin'

/** The failure of a task that needs an entry which is not there. */
export function missingKey(key: string, namespace: string): TaskError {
  return new TaskError(`There is no KV entry ${key} in the namespace ${namespace}`)
}
