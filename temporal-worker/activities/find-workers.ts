import { groupQueue } from '../contract'
import { groupsFor, type WantedWorkers } from '../worker-groups'
import type { ActivityDependencies } from './dependencies'

export type FindWorkersInput = { tenantId: string; wanted: WantedWorkers }

/** `none`: there is no such group, or the tenant may not use it. `isServed`: one of its workers is there. */
export type FoundWorkers = { none: true } | { none?: never; group: string; queue: string; isServed: boolean }

/**
 * A worker without work asks its queue anew at least once a minute: this much later it is gone. It may be dead for as
 * long and still count as there; then the task waits for one, whatever its fallback says.
 */
const silentMs = 75_000

export function createFindWorkers(deps: ActivityDependencies) {
  const slugs = new Map<string, string>()

  async function slugOf(tenantId: string): Promise<string> {
    const known = slugs.get(tenantId)
    if (known !== undefined) return known
    const { slug } = await deps
      .db(tenantId)
      .tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { slug: true } })
    slugs.set(tenantId, slug)
    return slug
  }

  /** The group that a task is sent to: of several that would do, one with a worker. */
  return async function findWorkers({ tenantId, wanted }: FindWorkersInput): Promise<FoundWorkers> {
    const groups = groupsFor(deps.workerGroups, await slugOf(tenantId), wanted)
    for (const group of groups) {
      const queue = groupQueue(group)
      if (await isServed(deps, queue)) return { group, queue, isServed: true }
    }
    const [group] = groups
    return group === undefined ? { none: true } : { group, queue: groupQueue(group), isServed: false }
  }
}

/** Temporal's TaskQueueType. */
const activityTasks = 2

async function isServed({ client }: ActivityDependencies, queue: string): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: activityTasks,
  })
  const sinceMs = Date.now() - silentMs
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= sinceMs)
}
