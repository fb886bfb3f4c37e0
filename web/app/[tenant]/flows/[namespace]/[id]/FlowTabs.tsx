'use client'

import { Play, Save } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { PresenceNote } from '#ui/flow-editor/PresenceNote'
import { SignedOutAlert } from '#ui/flow-editor/SignedOutAlert'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useRewrite } from '#web/components/flow-editor/use-rewrite'
import { useMay, useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { useShortcuts } from '#web/components/use-shortcuts'
import { ConflictAlert } from './ConflictAlert'
import { FlowMenu } from './FlowMenu'
import { LimitNote } from './LimitNote'
import { useFlowSource } from './use-flow-source'

/** Each tab loads what it alone is made of. */
const loading = () => <SkeletonRows />
const FlowWorkspace = dynamic(() => import('#ui/flow-editor/FlowWorkspace').then(module => module.FlowWorkspace), {
  loading,
})
const DashboardSection = dynamic(
  () => import('#ui/dashboard/DashboardSection').then(module => module.DashboardSection),
  { loading },
)
const ExecutionList = dynamic(() => import('#ui/execution/ExecutionList').then(module => module.ExecutionList), {
  loading,
})
const TriggersTab = dynamic(() => import('./TriggersTab').then(module => module.TriggersTab), { loading })
const RevisionsTab = dynamic(() => import('./RevisionsTab').then(module => module.RevisionsTab), { loading })
const ExecuteDialog = dynamic(() => import('#ui/execute/ExecuteDialog').then(module => module.ExecuteDialog))

export function FlowTabs({ flow }: { flow: Outputs['flow']['get'] }) {
  const tenant = useTenant()
  const [params, setParams] = useUrlState()
  const [isExecuting, setIsExecuting] = useState(false)
  const { namespace, id } = flow
  const may = useMay()
  const mayUpdate = may('FLOW:UPDATE', namespace)
  const text = useFlowSource(flow, !mayUpdate)
  const mayExecute = may('FLOW:EXECUTE', namespace)
  const rewrite = useRewrite(text.document.text, text.document.change)
  const tab = params.get('tab') ?? 'edit'
  const [hasEditor, setHasEditor] = useState(tab === 'edit')
  if (tab === 'edit' && !hasEditor) setHasEditor(true)

  async function execute() {
    if (!mayExecute) return
    // What runs is what one sees: unsaved changes are saved first, by whoever may.
    if (!mayUpdate || !text.isDirty || (await text.save())) setIsExecuting(true)
  }
  useShortcuts({ s: () => void (mayUpdate && text.save()), e: execute })

  return (
    <>
      <PageHeader
        crumbs={[
          { label: commonText.flows, href: `/${tenant}/flows` },
          { label: namespace, href: `/${tenant}/flows?namespace=${encodeURIComponent(namespace)}` },
        ]}
        title={id}
        note={
          <>
            <RevisionNote revision={flow.revision} isDirty={text.isDirty} isDisabled={flow.disabled} />
            <LimitNote key={flow.revision} namespace={namespace} id={id} />
          </>
        }
        actions={
          <>
            {mayUpdate && <SaveButton text={text} />}
            {mayExecute && <ExecuteButton isDisabled={flow.disabled || text.isSaving} onExecute={execute} />}
            <FlowMenu flow={flow} onRewrite={rewrite} />
          </>
        }
      />
      <Tabs
        value={tab}
        onValueChange={next => setParams({ tab: next === 'edit' ? undefined : next })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList aria-label={commonText.flow}>
          <TabsTrigger value="edit">{flowText.edit}</TabsTrigger>
          {may('EXECUTION:READ', namespace) && <TabsTrigger value="overview">{commonText.overview}</TabsTrigger>}
          <TabsTrigger value="executions">{commonText.executions}</TabsTrigger>
          <TabsTrigger value="triggers">{commonText.triggers}</TabsTrigger>
          <TabsTrigger value="revisions">{flowText.revisions}</TabsTrigger>
        </TabsList>
        {/* Once mounted it stays so: its undo history and place outlive a look at another tab. */}
        <TabsContent value="edit" forceMount={hasEditor || undefined} className="min-h-80 data-[state=inactive]:hidden">
          <EditPane text={text} revision={flow.revision} isReadOnly={!mayUpdate} />
        </TabsContent>
        <TabsContent value="overview" className="overflow-auto">
          <DashboardSection namespace={namespace} flowId={id} />
        </TabsContent>
        <TabsContent value="executions">
          <ExecutionList fixed={{ namespace, flowId: id }} />
        </TabsContent>
        <TabsContent value="triggers" className="overflow-auto">
          <TriggersTab namespace={namespace} id={id} />
        </TabsContent>
        <TabsContent value="revisions">
          <RevisionsTab
            flow={flow}
            onRestore={source => {
              text.document.change(source)
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
      <span className="rounded-full border px-2 py-0.5 tabular-nums">{flowText.revisionNumber(revision)}</span>
      {isDisabled && <span className="rounded-full bg-hover px-2 py-0.5">{flowText.disabled}</span>}
      <span aria-live="polite">{isDirty && <span className="text-warning">{flowText.unsavedChanges}</span>}</span>
    </span>
  )
}

type FlowText = ReturnType<typeof useFlowSource>

function SaveButton({ text }: { text: FlowText }) {
  return (
    <Button onClick={text.save} isBusy={text.isSaving} disabled={!text.isDirty} title={flowText.saveCtrlS}>
      <Save aria-hidden /> {commonText.save}
    </Button>
  )
}

function ExecuteButton({ isDisabled, onExecute }: { isDisabled: boolean; onExecute: () => void }) {
  return (
    <Button variant="primary" onClick={onExecute} disabled={isDisabled} title={flowText.executeCtrlE}>
      <Play aria-hidden /> {commonText.execute}
    </Button>
  )
}

function EditPane({ text, revision, isReadOnly }: { text: FlowText; revision: number; isReadOnly: boolean }) {
  return (
    <div className="flex h-full flex-col">
      {text.isSignedOut && <SignedOutAlert />}
      {text.conflict && <ConflictAlert conflict={text.conflict} />}
      <div className="min-h-0 flex-1">
        <FlowWorkspace
          path={text.draftKey}
          document={text.document}
          draft={{ key: text.draftKey, saved: text.saved, revision }}
          isReadOnly={isReadOnly}
          status={<PresenceNote others={text.others} />}
        />
      </div>
    </div>
  )
}
