import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { waitForTemporal } from '#infra/local/temporal'

export type FreshNamespace = { address: string; namespace: string }

/** A Temporal namespace of its own for a test file: its workers never take another file's tasks. */
export async function freshNamespace(): Promise<FreshNamespace> {
  const address = inject('temporalAddress')
  const namespace = `test-${randomBytes(6).toString('hex')}`
  await waitForTemporal(address, namespace)
  Object.assign(process.env, { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace })
  return { address, namespace }
}
