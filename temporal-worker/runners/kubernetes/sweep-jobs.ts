import type { V1Job, V1Secret } from '@kubernetes/client-node'
import { keyLabels, keyOfLabels } from '../labels'
import type { Runner } from '../runner'
import type { Cluster } from './cluster'
import { type Place, removeJob } from './remove-job'
import { discardWarmPod, isIdle, warmPodOf } from './warm/warm-pods'

/**
 * Removes the Jobs and Secrets of this installation whose task run nobody works on, and the warm pods that waited for long
 * enough; tells how many.
 */
export async function sweepJobs(
  cluster: Cluster,
  instance: string,
  { isLive, isBetween }: { isLive: Parameters<Runner['sweep']>[0]; isBetween(job: string): boolean },
): Promise<number> {
  const labelSelector = `${keyLabels.instance}=${instance},!${keyLabels.keep}`
  const [jobs, secrets] = await Promise.all([
    cluster.batch.listJobForAllNamespaces({ labelSelector }),
    cluster.core.listSecretForAllNamespaces({ labelSelector }),
  ])
  const isSpared = async ({ metadata }: V1Job | V1Secret) => {
    const { labels = {}, name = '', deletionTimestamp } = metadata ?? {}
    return deletionTimestamp !== undefined || isBetween(name) || (await isLive(keyOfLabels(labels)))
  }
  const isWarm = (job: V1Job) => warmPodOf(job).shape !== ''
  let removed = 0
  for (const job of jobs.items.filter(isWarm)) {
    const pod = warmPodOf(job)
    if (isIdle(pod) ? pod.idleUntilMs > Date.now() : await isSpared(job)) continue
    // As it was seen: while others were asked about, it may have been given back and taken again.
    if (await discardWarmPod(cluster, pod)) removed++
  }
  const left = new Map<string, Place>()
  for (const made of [...jobs.items.filter(job => !isWarm(job)), ...secrets.items]) {
    if (await isSpared(made)) continue
    const { namespace = '', name = '' } = made.metadata ?? {}
    left.set(`${namespace}/${name}`, { namespace, name })
  }
  for (const place of left.values()) await removeJob(cluster, place)
  return removed + left.size
}
