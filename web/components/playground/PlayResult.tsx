'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { editorText } from '#text/editor'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { LogLine } from '#ui/logs/LogLine'
import { Skeleton } from '#ui/ui/skeleton'
import { ValueTree } from '#ui/values/ValueTree'
import { isFinal } from '#web/components/execution/states'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const refreshMs = 700
const mostLines = 200

/** How a task that was run alone went: its state, log and outputs. */
export function PlayResult({ id, taskId }: { id: string; taskId: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const execution = useQuery(
    trpc.execution.get.queryOptions(
      { tenant, id },
      { refetchInterval: ({ state }) => !(state.data && isFinal(state.data.state.current)) && refreshMs },
    ),
  )
  const isOver = execution.data !== undefined && isFinal(execution.data.state.current)
  const logs = useQuery(
    trpc.execution.logs.queryOptions({ tenant, id, limit: mostLines }, { refetchInterval: !isOver && refreshMs }),
  )
  if (!execution.data) return <Skeleton className="h-16" />
  const { state, taskRunList = [], error } = execution.data
  const outputs = taskRunList.findLast(run => run.taskId === taskId)?.outputs
  return (
    <section aria-label={editorText.result} className="min-w-0 space-y-2 rounded-lg border p-3">
      <p className="flex items-center gap-3 text-[13px]">
        <StateBadge state={state.current} />
        <span className="text-muted text-xs">
          <Duration state={state} />
        </span>
        <Link href={`/${tenant}/executions/${id}`} className="ml-auto text-accent text-xs hover:underline">
          {editorText.openTheExecution}
        </Link>
      </p>
      {error && <p className="text-[13px] text-danger">{error}</p>}
      {outputs && Object.keys(outputs).length > 0 && (
        <ValueTree value={outputs} path={`outputs.${taskId}`} executionId={id} />
      )}
      {logs.data && logs.data.length > 0 && (
        <div className="-mx-3 max-h-64 overflow-auto border-t pt-2">
          {logs.data.map(line => (
            <LogLine key={line.position} line={line} source={<span />} />
          ))}
        </div>
      )}
    </section>
  )
}
