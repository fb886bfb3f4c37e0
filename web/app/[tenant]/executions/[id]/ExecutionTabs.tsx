'use client'

import dynamic from 'next/dynamic'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useUrlState } from '#web/components/url-state'
import type { Execution } from '#web/server/executions/execution'
import { OverviewTab } from './overview/OverviewTab'

const GanttTab = dynamic(() => import('./gantt/GanttTab').then(module => module.GanttTab), { loading: Loading })
const LogsTab = dynamic(() => import('./logs/LogsTab').then(module => module.LogsTab), { loading: Loading })
const OutputsTab = dynamic(() => import('./outputs/OutputsTab').then(module => module.OutputsTab), { loading: Loading })
const MetricsTab = dynamic(() => import('./MetricsTab').then(module => module.MetricsTab), { loading: Loading })

const tabs = { overview: 'Overview', gantt: 'Gantt', logs: 'Logs', outputs: 'Outputs', metrics: 'Metrics' }

export function ExecutionTabs({ execution, isLive }: { execution: Execution; isLive: boolean }) {
  const [params, setParams] = useUrlState()
  const wanted = params.get('tab') ?? ''
  const showLogs = (task?: string) => setParams({ tab: 'logs', task })
  return (
    <Tabs
      value={Object.hasOwn(tabs, wanted) ? wanted : 'overview'}
      onValueChange={tab => setParams({ tab: tab === 'overview' ? undefined : tab })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabsList aria-label="Execution">
        {Object.entries(tabs).map(([tab, label]) => (
          <TabsTrigger key={tab} value={tab}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value="overview" className="overflow-auto">
        <OverviewTab execution={execution} onShowLogs={showLogs} />
      </TabsContent>
      <TabsContent value="gantt" className="overflow-hidden">
        <GanttTab execution={execution} isLive={isLive} onShowLogs={showLogs} />
      </TabsContent>
      <TabsContent value="logs" className="overflow-hidden">
        <LogsTab execution={execution} isLive={isLive} />
      </TabsContent>
      <TabsContent value="outputs" className="overflow-auto">
        <OutputsTab execution={execution} />
      </TabsContent>
      <TabsContent value="metrics" className="overflow-auto">
        <MetricsTab executionId={execution.id} isLive={isLive} />
      </TabsContent>
    </Tabs>
  )
}

function Loading() {
  return <SkeletonRows />
}
