import { type Cluster, unless } from './cluster'

/** A Job, its Secret and its pods go by one name. */
export type Place = { namespace: string; name: string }

/** A Job takes its pod with it; its Secret, too, but nobody need wait for that. */
export async function removeJob(cluster: Cluster, { namespace, name }: Place): Promise<void> {
  const gone = { propagationPolicy: 'Background' }
  await Promise.all([
    unless(404, cluster.batch.deleteNamespacedJob({ namespace, name, ...gone }), undefined),
    unless(404, cluster.core.deleteNamespacedSecret({ namespace, name }), undefined),
  ])
}
