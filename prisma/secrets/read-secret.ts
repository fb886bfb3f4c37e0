import { withParents } from '../namespaces'
import type { FoundSecret, SecretStore } from './secret-store'

/** A secret that a flow may not have, or that is not there; the message is the user's. */
export class SecretError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SecretError'
  }
}

export type SecretRequest = { key: string; namespace?: string | undefined; subkey?: string | undefined }

/**
 * What `secret()` gives a flow: of its own namespace or one above it, the nearest that has the key; with `subkey` a
 * part of one that is a JSON object. Namespaces above that do not admit the flow's are passed over. `whole` is to be kept
 * hidden as well as `value`.
 */
export async function readSecret(
  store: SecretStore,
  { tenantId, namespace: own }: { tenantId: string; namespace: string },
  { key, namespace: named, subkey }: SecretRequest,
): Promise<{ value: string; whole: string }> {
  const namespaces = inheritedNamespaces(own, named, key)
  const admitted = await store.access(tenantId, own).admitted(namespaces)
  const found = await store.find(tenantId, admitted, key)
  if (found === null) throw missing(key, own, namespaces, admitted)
  return { value: subkey === undefined ? found.value : partOf(found, subkey), whole: found.value }
}

function inheritedNamespaces(own: string, named: string | undefined, key: string): string[] {
  const allowed = withParents(own)
  if (named === undefined) return allowed
  if (allowed.includes(named)) return withParents(named)
  throw new SecretError(
    `secret('${key}', namespace='${named}'): a flow of ${own} may use the secrets of ${allowed.join(', ')}, not those of ${named}; set it in one of these`,
  )
}

function missing(key: string, user: string, namespaces: readonly string[], admitted: readonly string[]): SecretError {
  const [nearest, ...parents] = namespaces
  const above = parents.length === 0 ? '' : `, nor in ${parents.join(', ')} above it`
  const refused = namespaces.filter(namespace => !admitted.includes(namespace))
  const unseen =
    refused.length === 0
      ? ''
      : ` Those of ${refused.join(', ')} were not looked at: ${user} is not among the namespaces that may use them (Access)`
  return new SecretError(
    `There is no secret '${key}' in the namespace ${nearest}${above}. Set it in one of them (PUT /api/v1/<tenant>/namespaces/${nearest}/secrets).${unseen}`,
  )
}

function partOf({ key, namespace, value }: FoundSecret, subkey: string): string {
  const part = read(value, subkey)
  if (part !== undefined) return typeof part === 'string' ? part : JSON.stringify(part)
  throw new SecretError(`The secret '${key}' of ${namespace} is no JSON object with '${subkey}'`)
}

function read(value: string, subkey: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
    return Object.hasOwn(parsed, subkey) ? (parsed as { [name: string]: unknown })[subkey] : undefined
  } catch {
    return undefined
  }
}
