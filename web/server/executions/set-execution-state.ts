import { z } from 'zod'
import type { Prisma } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { changeEnded } from './change-execution'
import type { Execution } from './execution'
import { getExecution } from './get-execution'
import { nameOfUser } from './user-name'

/** States that a person may give an ended execution. */
export const EndState = z.enum(['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'KILLED'])
export type EndState = z.infer<typeof EndState>

type SetExecutionState = { id: string; status: EndState; reason?: string }

/** Has an ended execution count as ended otherwise; nothing runs. */
export async function setExecutionState(scope: Scope, { id, status, reason }: SetExecutionState): Promise<Execution> {
  const by = await nameOfUser(scope)
  await changeEnded(scope, id, ({ state, histories }) => {
    if (state === status) throw new AppError('CONFLICT', `The execution is ${status} already`)
    const now = new Date()
    const change = { state: status, date: now.toISOString() }
    return {
      data: { state: status, endDate: now, histories: [...(histories as Prisma.InputJsonArray), change] },
      message: `${by} changed the state of the execution from ${state} to ${status}${reason ? `: ${reason}` : ''}`,
    }
  })
  return getExecution(scope, id)
}
