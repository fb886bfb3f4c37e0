'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LayoutTemplate, Save } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { FlowWorkspace } from '#ui/flow-editor/FlowWorkspace'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useToast } from '#ui/ui/toast'
import { dropDraft } from '#web/components/flow-editor/draft'
import { useFlowDocument } from '#web/components/flow-editor/use-flow-document'
import { saveProblemOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUnsaved } from '#web/components/unsaved'
import { useShortcuts } from '#web/components/use-shortcuts'
import { type Start, useStart } from './use-start'

/** A new flow: a small one, what a blueprint makes, or an example. */
export function NewFlowPage({ start }: { start: Start | undefined }) {
  const template = useStart(start)
  if (template.data !== undefined) return <NewFlow template={template.data} />
  return (
    <>
      <PageHeader title={flowText.newFlow} />
      {template.isPending && <SkeletonRows count={4} />}
      {template.isError && <LoadProblem error={template.error} onRetry={() => template.refetch()} />}
    </>
  )
}

function NewFlow({ template }: { template: string }) {
  const tenant = useTenant()
  const document = useFlowDocument(template)
  const draftKey = `${tenant}/new`
  const create = useCreateFlow(tenant, draftKey, document.newest)
  const save = () => create.mutate({ tenant, source: document.newest() })
  useShortcuts({ s: save })
  useUnsaved(document.text !== template && !create.isSuccess)

  return (
    <>
      <PageHeader
        crumbs={[{ label: commonText.flows, href: `/${tenant}/flows` }]}
        title={flowText.newFlow}
        actions={
          <>
            <Button variant="ghost" asChild>
              <Link href={`/${tenant}/blueprints`}>
                <LayoutTemplate aria-hidden /> {commonText.blueprints}
              </Link>
            </Button>
            <Button variant="primary" onClick={save} isBusy={create.isPending} title={flowText.saveCtrlS}>
              <Save aria-hidden /> {commonText.save}
            </Button>
          </>
        }
      />
      <div className="min-h-80 flex-1 border-t">
        <FlowWorkspace path={draftKey} document={document} draft={{ key: draftKey, saved: template }} />
      </div>
    </>
  )
}

function useCreateFlow(tenant: string, draftKey: string, newest: () => string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  return useMutation(
    trpc.flow.create.mutationOptions({
      onSuccess: async flow => {
        dropDraft(draftKey, newest())
        await queryClient.invalidateQueries(trpc.flow.pathFilter())
        toast(flowText.createdRevision(flow.id, flow.revision))
        router.replace(`/${tenant}/flows/${flow.namespace}/${flow.id}`)
      },
      onError: error => toast(saveProblemOf(error), 'danger'),
    }),
  )
}
