'use client'

import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import { useMemo } from 'react'
import type { Topology } from '#language/graph/topology'
import { executionText } from '#text/execution'
import { FlowGraph } from '#ui/flow-graph/FlowGraph'
import { GraphLoading } from '#ui/graph/GraphLoading'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { indexTopology } from '#web/components/flow-graph/topology-index'
import { useTopology } from '#web/components/flow-graph/use-topology'
import { useTenant } from '#web/components/tenant'
import { useNow } from '#web/components/time'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import type { Execution } from '#web/server/executions/execution'
import { executionMarks, runsByTask } from './execution-marks'
import { TaskPanel } from './TaskPanel'

/** The flow as it was when this execution began, each task with its state. */
export function GraphTab({
  execution,
  isLive,
  onShowLogs,
}: {
  execution: Execution
  isLive: boolean
  onShowLogs: (task?: string) => void
}) {
  const trpc = useTRPC()
  const { namespace, flowId: id, flowRevision: revision } = execution
  const flow = useQuery(
    trpc.flow.get.queryOptions({ tenant: useTenant(), namespace, id, revision }, { staleTime: Infinity }),
  )
  const topology = useTopology(flow.data?.source ?? undefined)
  if (flow.isLoadingError) return <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />
  if (topology === undefined) return <GraphLoading />
  if (topology === null) {
    return <EmptyState icon={Waypoints} title={executionText.nothingToDraw} text={executionText.textCanNotBeRead} />
  }
  return <StateGraph execution={execution} topology={topology} isLive={isLive} onShowLogs={onShowLogs} />
}

const everySecondMs = 1000

function StateGraph({
  execution,
  topology,
  isLive,
  onShowLogs,
}: {
  execution: Execution
  topology: Topology
  isLive: boolean
  onShowLogs: (task?: string) => void
}) {
  const [params, setParams] = useUrlState()
  const now = useNow(isLive, everySecondMs)
  const index = useMemo(() => indexTopology(topology), [topology])
  const taskRuns = execution.taskRunList
  const marks = useMemo(() => {
    const tasks = [...index.tasks].map(([key, { task }]) => [key, task.id] as const)
    return executionMarks(tasks, taskRuns ?? [], now)
  }, [index, taskRuns, now])
  const wanted = params.get('task') ?? undefined
  const selected = [...index.tasks.values()].find(({ task }) => task.id !== undefined && task.id === wanted)?.task
  return (
    <div className="flex h-full min-h-0 flex-col md:flex-row">
      <div className="min-h-0 min-w-0 flex-1">
        <FlowGraph
          topology={topology}
          marks={marks}
          selectedKey={selected?.key}
          onSelect={key => setParams({ task: index.tasks.get(key ?? '')?.task.id })}
        />
      </div>
      {selected && (
        <TaskPanel
          task={selected}
          taskRuns={runsByTask(taskRuns ?? []).get(selected.id ?? '') ?? []}
          onShowLogs={() => onShowLogs(selected.id)}
          onShowOutputs={() => setParams({ tab: 'outputs' })}
          onClose={() => setParams({ task: undefined })}
        />
      )}
    </div>
  )
}
