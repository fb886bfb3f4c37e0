import { readNamespaceSettings } from '#db/namespaces'
import type { NamespaceContext } from '#language/compile'
import type { JsonObject } from '#language/json'
import { toNamespaceContext } from '#language/namespace-context'
import type { TenantScope } from '../access/tenant-scope'

/** What the namespaces around a flow say for it; undefined where they say nothing. */
export async function readNamespaceContext(
  { db, tenantId }: TenantScope,
  namespace: string,
): Promise<NamespaceContext | undefined> {
  const settings = await readNamespaceSettings(db, tenantId, namespace)
  if (settings === null) return undefined
  const { variables, pluginDefaults } = settings
  return toNamespaceContext({ variables: variables as JsonObject, pluginDefaults })
}
