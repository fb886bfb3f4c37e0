import { keyLabels } from '../labels'
import { type Cluster, unless } from './cluster'
import { managedBy } from './tenant-namespace'

/** The tenant of a younger one may be too new for whoever tells which there are. */
const leastAgeMs = 10 * 60_000

/**
 * Removes the namespaces of this installation whose tenant is gone, with all that is in them; tells how many. `tenants`
 * is asked after the namespaces were listed, so that no newer tenant is missed.
 */
export async function sweepNamespaces(
  cluster: Cluster,
  { instance, tenants, nowMs }: { instance: string; tenants(): Promise<string[]>; nowMs: number },
): Promise<number> {
  const labelSelector = `${managedBy}=millrace,${keyLabels.instance}=${instance}`
  const { items } = await cluster.core.listNamespace({ labelSelector })
  const old = items.filter(({ metadata }) => {
    const { creationTimestamp, deletionTimestamp } = metadata ?? {}
    const ageMs = nowMs - (creationTimestamp?.getTime() ?? nowMs)
    return deletionTimestamp === undefined && ageMs >= leastAgeMs
  })
  if (old.length === 0) return 0
  const known = new Set(await tenants())
  // An installation with namespaces and without any tenant looks at the wrong database.
  if (known.size === 0) return 0
  let removed = 0
  for (const { metadata } of old) {
    const { name = '', labels = {} } = metadata ?? {}
    if (known.has(labels[keyLabels.tenantId] ?? '')) continue
    await unless(404, cluster.core.deleteNamespace({ name }), undefined)
    removed++
  }
  return removed
}
