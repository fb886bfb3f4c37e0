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
  const left = new Map<string, Place>()
  let expired = 0
  for (const job of jobs.items) {
    const pod = warmPodOf(job)
    if (!isIdle(pod) || pod.idleUntilMs > Date.now()) continue
    if (await discardWarmPod(cluster, pod)) expired++
  }
  const used = jobs.items.filter(job => !isIdle(warmPodOf(job)))
  for (const { metadata } of [...used, ...secrets.items]) {
    const { labels = {}, namespace = '', name = '', deletionTimestamp } = metadata ?? {}
    if (deletionTimestamp !== undefined || isBetween(name) || (await isLive(keyOfLabels(labels)))) continue
    left.set(`${namespace}/${name}`, { namespace, name })
  }
  for (const place of left.values()) await removeJob(cluster, place)
  return left.size + expired
}
