'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { commonText } from '#text/common'
import { executeText } from '#text/execute'
import { LoadProblem } from '#ui/LoadProblem'
import { Dialog, DialogBody, DialogContent } from '#ui/ui/dialog'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { InputsForm } from './InputsForm'
import { parseInputs } from './parse-inputs'
import { StartLater } from './StartLater'
import { startExecution } from './send-inputs'

/** Asks for the flow's inputs and starts it; then shows the execution. */
export function ExecuteDialog({ namespace, id, onClose }: { namespace: string; id: string; onClose: () => void }) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const start = useStart()
  const [later, setLater] = useState('')
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id }))
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={executeText.execute(id)} description={flow.data?.description}>
        {flow.isPending && (
          <DialogBody>
            <Skeleton className="h-8" />
          </DialogBody>
        )}
        {flow.isError && <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />}
        {flow.data && (
          <InputsForm
            inputs={parseInputs(flow.data.inputs)}
            flow={{ namespace, id }}
            action={later === '' ? commonText.execute : executeText.schedule}
            error={start.error}
            isBusy={start.isPending || start.isSuccess}
            onSubmit={inputs => start.mutate({ tenant, namespace, id, inputs, scheduleDate: toDate(later) })}
            after={<StartLater value={later} onChange={setLater} />}
          />
        )}
      </DialogContent>
    </Dialog>
  )
}

/** Of a field that is filled in, the moment in UTC. */
function toDate(local: string): string | undefined {
  return local === '' ? undefined : new Date(local).toISOString()
}

function useStart() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const tenant = useTenant()
  return useMutation({
    mutationFn: startExecution,
    onSuccess: async execution => {
      router.push(`/${tenant}/executions/${execution.id}`)
      await queryClient.invalidateQueries(trpc.execution.list.pathFilter())
    },
  })
}
