import type { WorkerGroup, WorkerSelector } from '../flow'
import type { Json } from '../json'
import type { WorkerChoice } from '../plan'
import { rendered } from './rendered'

type Written = { workerGroup?: WorkerGroup | undefined; workerSelector?: WorkerSelector | undefined }

/**
 * The workers that a flow or a task asks for; undefined where it asks for none. Of the two ways to say it the newer
 * counts. Without workers a group waits, as in Kestra 1, and a selector fails, as in Kestra 2.
 */
export function compileWorkers(
  { workerGroup, workerSelector }: Written,
  from: WorkerChoice['from'],
): WorkerChoice | undefined {
  if (workerSelector !== undefined) {
    const { tags, match = 'ALL', fallback = 'FAIL' } = workerSelector
    return { from, tags: rendered(tags), match, fallback }
  }
  if (workerGroup === undefined) return undefined
  return { from, key: rendered(workerGroup.key), fallback: workerGroup.fallback ?? 'WAIT' }
}

/** What of a choice may hold expressions. */
export function wantedOf(choice: WorkerChoice): Json {
  return 'key' in choice ? choice.key.raw : choice.tags.raw
}
