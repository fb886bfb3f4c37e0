import { createBoundedCache } from '../bounded-cache'
import { type CheckedSource, checkSource } from './check-source'

export type RevisionRef = { tenantId: string; namespace: string; id: string; revision: number }

/** A revision never changes, so what was understood of it never has to be forgotten for being old. */
const understood = createBoundedCache<CheckedSource>(32_000_000)

const keyOf = ({ tenantId, namespace, id, revision }: RevisionRef) => [tenantId, namespace, id, revision].join('\n')

/** A stored revision, parsed and compiled; `readSource` is asked only when it is not known yet. */
export async function understandRevision(ref: RevisionRef, readSource: () => Promise<string>): Promise<CheckedSource> {
  const key = keyOf(ref)
  const known = understood.get(key)
  if (known !== undefined) return known
  const source = await readSource()
  const checked = checkSource(source, ref.revision)
  // The tree and the plan are some ten times their text.
  understood.set(key, checked, source.length * 10 + 1000)
  return checked
}
