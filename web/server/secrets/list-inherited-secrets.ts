import { createNamespaceAccess } from '#db/namespace-access'
import { withParents } from '#db/namespaces'
import type { Scope } from '../access/tenant-scope'
import { listSecrets } from './list-secrets'

/** Keys by namespace, of those above it that admit it: its flows may use them, where a nearer one has not the same key. */
export async function listInheritedSecrets(scope: Scope, namespace: string): Promise<Record<string, string[]>> {
  const access = createNamespaceAccess(scope.wholeDb, scope.tenantId, namespace)
  const above = await access.admitted(withParents(namespace).slice(1))
  const secrets = await listSecrets(scope, above)
  return Object.fromEntries(
    above.map(parent => [parent, secrets.filter(secret => secret.namespace === parent).map(({ key }) => key)]),
  )
}
