import type { TenantScope } from '../access/tenant-scope'
import type { Execution } from './execution'
import { findExecution, noSuchExecution } from './find-execution'

export async function getExecution(scope: TenantScope, id: string): Promise<Execution> {
  const execution = await findExecution(scope, id)
  if (execution === null) throw noSuchExecution(id)
  return execution
}
