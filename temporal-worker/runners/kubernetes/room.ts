/**
 * Whether a tenant's next pod may find room. A task that finds none is told to come back, so that it holds no place of a
 * worker while it waits: one that the quota refuses leaves nothing in the cluster; one whose pod no node has room for
 * leaves its Job, since it is by such pods that a cluster grows.
 */
import type { ClusterGrant, RunnerRequest } from '../runner'
import { type Cluster, unless } from './cluster'
import type { KubernetesOptions } from './options'
import { isLackOfRoom, whyNotRunning } from './pod-watch'
import { type Place, removeJob } from './remove-job'
import { quotaName } from './tenant-namespace'

type Key = RunnerRequest['key']

/** Of a tenant at its quota, whoever comes next looks first. */
const crowdedForMs = 60_000

export type Room = ReturnType<typeof createRoom>

export function createRoom(cluster: Cluster) {
  const crowdedUntilMs = new Map<string, number>()
  const left = new Map<string, { place: Place; key: Key }>()
  /** Pods that the cluster is about to make for this worker, by namespace: its quota does not count them yet. */
  const coming = new Map<string, number>()

  /** By what is granted now: the namespace learns of it with the next Job. */
  async function fullQuota(namespace: string, grant: ClusterGrant): Promise<string | undefined> {
    const quota = await unless(404, cluster.core.readNamespacedResourceQuota({ namespace, name: quotaName }), undefined)
    const used = Number(quota?.status?.used?.pods ?? 0) + (coming.get(namespace) ?? 0)
    return used >= grant.pods ? `${used} of ${grant.pods} pods` : undefined
  }

  return {
    /** What a tenant that was crowded lately has used up; undefined where there may be room, or nobody can tell. */
    async usedUp({ namespace }: Place, grant: ClusterGrant): Promise<string | undefined> {
      if ((crowdedUntilMs.get(namespace) ?? 0) < Date.now()) return undefined
      return await fullQuota(namespace, grant).catch(() => undefined)
    },

    /** Whether a request that was told to come back would be told so again. */
    async isThere({ namespace, name }: Place, grant: ClusterGrant): Promise<boolean> {
      const { items } = await cluster.core.listNamespacedPod({ namespace, labelSelector: `job-name=${name}` })
      const why = items[0] && whyNotRunning(items[0])
      if (items[0] !== undefined) return why === undefined || !isLackOfRoom(why.reason, why.message)
      return (await fullQuota(namespace, grant)) === undefined
    },

    crowded({ namespace }: Place): void {
      crowdedUntilMs.set(namespace, Date.now() + crowdedForMs)
    },

    /** Counts a pod that is on its way until the returned function is called. */
    expect({ namespace }: Place): () => void {
      const add = (count: number) => coming.set(namespace, (coming.get(namespace) ?? 0) + count)
      let isExpected = true
      add(1)
      return () => {
        if (isExpected) add(-1)
        isExpected = false
      }
    },

    /** Remembers a Job that waits with nobody at it. */
    leave(place: Place, key: Key): void {
      left.set(place.name, { place, key })
    },

    takeUp({ name }: Place): void {
      left.delete(name)
    },

    /** Removes the Jobs left here whose task has ended otherwise: killed, or past its timeout. */
    async sweep(isLive: (key: Key) => Promise<boolean>): Promise<void> {
      for (const [name, { place, key }] of left) {
        if (await isLive(key)) continue
        await removeJob(cluster, place)
        left.delete(name)
      }
    },
  }
}

/** When a request whose pod does not run is given up, in ms since 1970. */
export function givesUpAtMs({ comesBack }: RunnerRequest, { waitUntilRunning }: KubernetesOptions): number {
  return (comesBack?.waitsSinceMs ?? Date.now()) + waitUntilRunning
}
