'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useMay } from '#web/components/tenant'
import { useUrlState } from '#web/components/url-state'
import type { Permission } from '#web/server/access/permissions'
import type { Execution } from '#web/server/executions/execution'
import { OverviewTab } from './overview/OverviewTab'

const GanttTab = dynamic(() => import('./gantt/GanttTab').then(module => module.GanttTab), { loading: Loading })
const GraphTab = dynamic(() => import('./graph/GraphTab').then(module => module.GraphTab), { loading: Loading })
const LogsTab = dynamic(() => import('./logs/LogsTab').then(module => module.LogsTab), { loading: Loading })
const OutputsTab = dynamic(() => import('./outputs/OutputsTab').then(module => module.OutputsTab), { loading: Loading })
const MetricsTab = dynamic(() => import('./MetricsTab').then(module => module.MetricsTab), { loading: Loading })
const RevisionTab = dynamic(() => import('./revision/RevisionTab').then(module => module.RevisionTab), {
  loading: Loading,
})
const TriggerTab = dynamic(() => import('./trigger/TriggerTab').then(module => module.TriggerTab), { loading: Loading })
const DependenciesTab = dynamic(() => import('./dependencies/DependenciesTab').then(module => module.DependenciesTab), {
  loading: Loading,
})
const AuditTab = dynamic(() => import('./audit/AuditTab').then(module => module.AuditTab), { loading: Loading })

type Shown = { execution: Execution; isLive: boolean; onShowLogs: (task?: string) => void }
type Tab = {
  label: string
  permission: Permission
  /** It scrolls by itself. */
  isFilled?: true
  content: (shown: Shown) => ReactNode
}

/** By their name in the address. */
const tabs: Record<string, Tab> = {
  overview: { label: commonText.overview, permission: 'EXECUTION:READ', content: shown => <OverviewTab {...shown} /> },
  gantt: {
    label: executionText.gantt,
    permission: 'EXECUTION:READ',
    isFilled: true,
    content: shown => <GanttTab {...shown} />,
  },
  graph: {
    label: executionText.graph,
    permission: 'EXECUTION:READ',
    isFilled: true,
    content: shown => (
      <div className="h-full min-h-80">
        <GraphTab {...shown} />
      </div>
    ),
  },
  logs: { label: commonText.logs, permission: 'LOG:READ', isFilled: true, content: shown => <LogsTab {...shown} /> },
  outputs: { label: executionText.outputs, permission: 'EXECUTION:READ', content: shown => <OutputsTab {...shown} /> },
  metrics: {
    label: executionText.metrics,
    permission: 'EXECUTION:READ',
    content: ({ execution, isLive }) => <MetricsTab executionId={execution.id} isLive={isLive} />,
  },
  revision: {
    label: executionText.revision,
    permission: 'FLOW:READ',
    isFilled: true,
    content: shown => <RevisionTab {...shown} />,
  },
  trigger: { label: commonText.trigger, permission: 'EXECUTION:READ', content: shown => <TriggerTab {...shown} /> },
  dependencies: {
    label: executionText.dependencies,
    permission: 'EXECUTION:READ',
    content: shown => <DependenciesTab {...shown} />,
  },
  audit: { label: executionText.audit, permission: 'AUDIT:READ', content: shown => <AuditTab {...shown} /> },
}

export function ExecutionTabs({ execution, isLive }: { execution: Execution; isLive: boolean }) {
  const [params, setParams] = useUrlState()
  const may = useMay()
  const wanted = params.get('tab') ?? ''
  const onShowLogs = (task?: string) => setParams({ tab: 'logs', task })
  const allowed = Object.entries(tabs).filter(([, { permission }]) => may(permission, execution.namespace))
  return (
    <Tabs
      value={Object.hasOwn(tabs, wanted) ? wanted : 'overview'}
      onValueChange={tab => setParams({ tab: tab === 'overview' ? undefined : tab })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabsList aria-label={commonText.execution}>
        {allowed.map(([tab, { label }]) => (
          <TabsTrigger key={tab} value={tab}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {allowed.map(([tab, { isFilled, content }]) => (
        <TabsContent key={tab} value={tab} className={isFilled ? 'overflow-hidden' : 'overflow-auto'}>
          {content({ execution, isLive, onShowLogs })}
        </TabsContent>
      ))}
    </Tabs>
  )
}

function Loading() {
  return <SkeletonRows />
}
