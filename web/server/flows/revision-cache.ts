import type { NamespaceContext } from '#language/compile'
import { createBoundedCache } from '../bounded-cache'
import { type CheckedSource, checkSource } from './check-source'

export type RevisionRef = { tenantId: string; namespace: string; id: string; revision: number; settings: string | null }

/** A revision never changes, nor what namespaces said at one time, so what was understood of it never has to be forgotten for being old. */
const understood = createBoundedCache<CheckedSource>(32_000_000)

const keyOf = ({ tenantId, namespace, id, revision, settings }: RevisionRef) =>
  [tenantId, namespace, id, revision, settings].join('\n')

type Read = { source(): Promise<string>; settings(): Promise<NamespaceContext | undefined> }

/** A stored revision, parsed and compiled; `read` is asked only when it is not known yet. */
export async function understandRevision(ref: RevisionRef, read: Read): Promise<CheckedSource> {
  const key = keyOf(ref)
  const known = understood.get(key)
  if (known !== undefined) return known
  const source = await read.source()
  const namespace = ref.settings === null ? undefined : await read.settings()
  const checked = checkSource(source, { revision: ref.revision, namespace })
  // The tree and the plan are some ten times their text.
  understood.set(key, checked, source.length * 10 + 1000)
  return checked
}
