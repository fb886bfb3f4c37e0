'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { executionText } from '#text/execution'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC, useTRPCClient } from '#web/components/trpc'
import type { EndState } from '#web/server/executions/set-execution-state'
import type { Label } from '#web/server/schemas'
import { type BulkAction, type BulkName, summaryOf } from './bulk-actions'

type Result = Outputs['bulk']['killByIds']
type Client = ReturnType<typeof useTRPCClient>

/** What the list is narrowed by, as it is asked for. */
export type BulkFilter = {
  q?: string
  state?: string[]
  namespace?: string
  flowId?: string
  labels?: string[]
  startDate?: string
  endDate?: string
}
export type BulkOptions = { newStatus?: EndState; reason?: string; executionLabels?: Label[] }

/** So few in a call that it answers soon, and the bar can tell how far it is. */
const perCall = 100

/** Does an action to the chosen executions, call by call; `progress` says for how many so far. */
export function useBulk(onDone: () => void) {
  const tenant = useTenant()
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [progress, setProgress] = useState<number>()

  async function run(action: BulkAction, target: string[] | BulkFilter, options: BulkOptions = {}): Promise<void> {
    const total: Result = { count: 0, failed: 0, errors: [] }
    setProgress(0)
    try {
      for await (const result of callsOf(client, { tenant, name: action.name, target, options })) {
        total.count += result.count
        total.failed += result.failed
        total.errors.push(...result.errors)
        setProgress(total.count + total.failed)
      }
      toast(summaryOf(total, action.done), total.failed === 0 ? 'success' : 'danger')
      onDone()
    } catch (error) {
      toast(executionText.failedAfter(messageOf(error), summaryOf(total, action.done)), 'danger')
    } finally {
      setProgress(undefined)
      await queryClient.invalidateQueries(trpc.execution.pathFilter())
    }
  }
  return { run, progress }
}

type Call = { tenant: string; name: BulkName; target: string[] | BulkFilter; options: BulkOptions }

async function* callsOf(client: Client, call: Call): AsyncGenerator<Result> {
  const { tenant, name, target, options } = call
  if (Array.isArray(target)) {
    for (let at = 0; at < target.length; at += perCall) {
      const ids = target.slice(at, at + perCall)
      yield await byIds(client, name, { tenant, ids, executionsId: ids, ...withDefaults(options) })
    }
    return
  }
  let cursor: string | undefined
  do {
    const result = await byQuery(client, name, { tenant, ...target, limit: perCall, cursor, ...withDefaults(options) })
    yield result
    cursor = result.nextCursor
  } while (cursor !== undefined)
}

function withDefaults({ newStatus = 'CANCELLED', executionLabels = [], reason }: BulkOptions) {
  return { newStatus, executionLabels, reason }
}

type Given = ReturnType<typeof withDefaults> & { tenant: string }

function byIds({ bulk }: Client, name: BulkName, given: Given & { ids: string[]; executionsId: string[] }) {
  const calls: Record<BulkName, () => Promise<Result>> = {
    kill: () => bulk.killByIds.mutate(given),
    restart: () => bulk.restartByIds.mutate(given),
    replay: () => bulk.replayByIds.mutate(given),
    replayLatest: () => bulk.replayByIds.mutate({ ...given, latestRevision: true }),
    pause: () => bulk.pauseByIds.mutate(given),
    resume: () => bulk.resumeByIds.mutate(given),
    forceRun: () => bulk.forceRunByIds.mutate(given),
    unqueue: () => bulk.unqueueByIds.mutate({ ...given, state: 'CANCELLED' }),
    setState: () => bulk.setStateByIds.mutate(given),
    addLabels: () => bulk.addLabelsByIds.mutate(given),
    delete: () => bulk.deleteByIds.mutate(given),
  }
  return calls[name]()
}

function byQuery({ bulk }: Client, name: BulkName, given: Given & BulkFilter & { limit: number; cursor?: string }) {
  const calls: Record<BulkName, () => Promise<Result>> = {
    kill: () => bulk.killByQuery.mutate(given),
    restart: () => bulk.restartByQuery.mutate(given),
    replay: () => bulk.replayByQuery.mutate(given),
    replayLatest: () => bulk.replayByQuery.mutate({ ...given, latestRevision: true }),
    pause: () => bulk.pauseByQuery.mutate(given),
    resume: () => bulk.resumeByQuery.mutate(given),
    forceRun: () => bulk.forceRunByQuery.mutate(given),
    unqueue: () => bulk.unqueueByQuery.mutate({ ...given, newState: 'CANCELLED' }),
    setState: () => bulk.setStateByQuery.mutate(given),
    addLabels: () => bulk.addLabelsByQuery.mutate(given),
    delete: () => bulk.deleteByQuery.mutate(given),
  }
  return calls[name]()
}
