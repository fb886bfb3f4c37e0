import type { ExecutionRef } from '#db/record-execution'
import { Concurrency } from '#language/flow'
import type { Refused } from '../contract'
import { admitQueued } from '../starts/admit-queued'
import { refusalOf } from '../starts/find-place'
import { isTerminal } from '../workflows/task-run'
import type { ActivityDependencies } from './dependencies'

export type TakePlaceResult = { place: 'taken' | 'none' } | { refused: Refused }

export function createTakePlace(deps: ActivityDependencies) {
  /** Asks for a place of its flow for an execution that is QUEUED; those that waited longer get theirs first. */
  return async function takePlace({ execution }: { execution: ExecutionRef }): Promise<TakePlaceResult> {
    const { tenantId, executionId: id, namespace, flowId } = execution
    const db = deps.db(tenantId)
    await admitQueued({ db, client: deps.client }, execution, { butDontTell: id })
    const row = await db.execution.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { state: true, waitsForPlan: true },
    })
    const state = row?.state ?? 'KILLED'
    if (isTerminal(state)) return { refused: { state: state as Refused['state'], reason: 'Ended before it began' } }
    if (state !== 'QUEUED') return { place: 'taken' }
    if (row?.waitsForPlan === true) return { place: 'none' }
    const flow = await db.flow.findUnique({
      where: { tenantId_namespace_id: { tenantId, namespace, id: flowId } },
      select: { concurrency: true },
    })
    const concurrency = Concurrency.parse(flow?.concurrency)
    return concurrency.behavior === 'QUEUE' ? { place: 'none' } : { refused: refusalOf(concurrency) }
  }
}
