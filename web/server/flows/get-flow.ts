import type { Scope } from '../access/tenant-scope'
import type { FlowRecord } from './flow-record'
import { findFlowRow, readRevisionSource, understandStored } from './stored-flow'
import { toFlowRecord } from './to-flow-record'

/** A flow, of its current revision or of an older one. */
export async function getFlow(
  scope: Scope,
  options: { namespace: string; id: string; revision?: number; source?: boolean },
): Promise<FlowRecord> {
  const row = await findFlowRow(scope, options)
  const revision = options.revision ?? row.revision
  const understood = await understandStored(scope, options, revision, row.settings)
  const source = options.source === false ? undefined : await readRevisionSource(scope, options, revision)
  return toFlowRecord({ tenant: scope.tenant, row, revision, understood, source })
}
