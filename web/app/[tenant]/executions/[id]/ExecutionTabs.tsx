'use client'

import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useUrlState } from '#web/components/url-state'
import type { Execution } from '#web/server/executions/execution'
import { GanttTab } from './gantt/GanttTab'
import { LogsTab } from './logs/LogsTab'
import { MetricsTab } from './MetricsTab'
import { OutputsTab } from './outputs/OutputsTab'
import { OverviewTab } from './overview/OverviewTab'

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
