'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FlowEditor } from '#ui/flow-editor/FlowEditor'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { dropDraft } from '#web/components/flow-editor/draft'
import { saveProblemOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useShortcuts } from '#web/components/use-shortcuts'
import { templateOf } from './templates'

export function NewFlowPage({ example }: { example?: string }) {
  const tenant = useTenant()
  const template = templateOf(example)
  const [source, setSource] = useState(template)
  const draftKey = `${tenant}/new`
  const create = useCreateFlow(tenant, draftKey)
  const save = () => create.mutate({ tenant, source })
  useShortcuts({ s: save })

  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Flows', href: `/${tenant}/flows` }]}
        title="New flow"
        actions={
          <Button variant="primary" onClick={save} isBusy={create.isPending} title="Save (Ctrl-S)">
            <Save aria-hidden /> Save
          </Button>
        }
      />
      <div className="min-h-80 flex-1 border-t">
        <FlowEditor path={draftKey} source={source} onChange={setSource} draft={{ key: draftKey, saved: template }} />
      </div>
    </>
  )
}

function useCreateFlow(tenant: string, draftKey: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  return useMutation(
    trpc.flow.create.mutationOptions({
      onSuccess: async flow => {
        dropDraft(draftKey)
        await queryClient.invalidateQueries(trpc.flow.pathFilter())
        toast(`Created ${flow.id}, revision ${flow.revision}`)
        router.replace(`/${tenant}/flows/${flow.namespace}/${flow.id}`)
      },
      onError: error => toast(saveProblemOf(error), 'danger'),
    }),
  )
}
