'use client'

import { Play, Save } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { ExecutionList } from '#ui/execution/ExecutionList'
import { FlowEditor } from '#ui/flow-editor/FlowEditor'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useRewrite } from '#web/components/flow-editor/use-rewrite'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { useShortcuts } from '#web/components/use-shortcuts'
import { ConflictAlert } from './ConflictAlert'
import { FlowMenu } from './FlowMenu'
import { RevisionsTab } from './RevisionsTab'
import { useFlowSource } from './use-flow-source'

const ExecuteDialog = dynamic(() => import('#ui/execute/ExecuteDialog').then(module => module.ExecuteDialog))

export function FlowTabs({ flow }: { flow: Outputs['flow']['get'] }) {
  const tenant = useTenant()
  const [params, setParams] = useUrlState()
  const [isExecuting, setIsExecuting] = useState(false)
  const text = useFlowSource(flow)
  const { namespace, id } = flow
  const rewrite = useRewrite(text.source, text.setSource)

  async function execute() {
    // What runs is what one sees: unsaved changes are saved first.
    if (!text.isDirty || (await text.save())) setIsExecuting(true)
  }
  useShortcuts({ s: text.save, e: execute })

  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Flows', href: `/${tenant}/flows` },
          { label: namespace, href: `/${tenant}/flows?namespace=${encodeURIComponent(namespace)}` },
        ]}
        title={id}
        note={<RevisionNote revision={flow.revision} isDirty={text.isDirty} isDisabled={flow.disabled} />}
        actions={
          <>
            <FlowButtons text={text} isDisabled={flow.disabled} onExecute={execute} />
            <FlowMenu flow={flow} onRewrite={rewrite} />
          </>
        }
      />
      <Tabs
        value={params.get('tab') ?? 'edit'}
        onValueChange={tab => setParams({ tab: tab === 'edit' ? undefined : tab })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList aria-label="Flow">
          <TabsTrigger value="edit">Edit</TabsTrigger>
          <TabsTrigger value="executions">Executions</TabsTrigger>
          <TabsTrigger value="revisions">Revisions</TabsTrigger>
        </TabsList>
        {/* Stays mounted: its undo history and place outlive a look at another tab. */}
        <TabsContent value="edit" forceMount className="min-h-80 data-[state=inactive]:hidden">
          <EditPane text={text} revision={flow.revision} />
        </TabsContent>
        <TabsContent value="executions">
          <ExecutionList fixed={{ namespace, flowId: id }} />
        </TabsContent>
        <TabsContent value="revisions">
          <RevisionsTab
            flow={flow}
            onRestore={source => {
              text.setSource(source)
              setParams({ tab: undefined })
            }}
          />
        </TabsContent>
      </Tabs>
      {isExecuting && <ExecuteDialog namespace={namespace} id={id} onClose={() => setIsExecuting(false)} />}
    </>
  )
}

function RevisionNote({ revision, isDirty, isDisabled }: { revision: number; isDirty: boolean; isDisabled: boolean }) {
  return (
    <span className="flex items-center gap-2 whitespace-nowrap text-muted text-xs">
      <span className="rounded-full border px-2 py-0.5 tabular-nums">Revision {revision}</span>
      {isDisabled && <span className="rounded-full bg-hover px-2 py-0.5">Disabled</span>}
      <span aria-live="polite">{isDirty && <span className="text-warning">Unsaved changes</span>}</span>
    </span>
  )
}

type FlowText = ReturnType<typeof useFlowSource>

function FlowButtons({ text, isDisabled, onExecute }: { text: FlowText; isDisabled: boolean; onExecute: () => void }) {
  return (
    <>
      <Button onClick={text.save} isBusy={text.isSaving} disabled={!text.isDirty} title="Save (Ctrl-S)">
        <Save aria-hidden /> Save
      </Button>
      <Button variant="primary" onClick={onExecute} disabled={isDisabled || text.isSaving} title="Execute (Ctrl-E)">
        <Play aria-hidden /> Execute
      </Button>
    </>
  )
}

function EditPane({ text, revision }: { text: FlowText; revision: number }) {
  return (
    <div className="flex h-full flex-col">
      {text.conflict && <ConflictAlert conflict={text.conflict} />}
      <div className="min-h-0 flex-1">
        <FlowEditor
          path={text.draftKey}
          source={text.source}
          onChange={text.setSource}
          draft={{ key: text.draftKey, saved: text.saved, revision }}
        />
      </div>
    </div>
  )
}
