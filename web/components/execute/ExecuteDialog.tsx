'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId } from 'react'
import { LoadProblem } from '#ui/LoadProblem'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { InputField } from './InputField'
import { parseInputs } from './parse-inputs'
import { problemsByInput, StartError, startExecution } from './start-execution'
import { useInputValues } from './use-input-values'

/** Asks for the flow's inputs and starts it; then shows the execution. */
export function ExecuteDialog({ namespace, id, onClose }: { namespace: string; id: string; onClose: () => void }) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id }))
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={`Execute ${id}`} description={flow.data?.description}>
        {flow.isPending && (
          <DialogBody>
            <Skeleton className="h-8" />
          </DialogBody>
        )}
        {flow.isError && <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />}
        {flow.data && <ExecuteForm namespace={namespace} id={id} inputs={parseInputs(flow.data.inputs)} />}
      </DialogContent>
    </Dialog>
  )
}

function ExecuteForm({
  namespace,
  id,
  inputs,
}: {
  namespace: string
  id: string
  inputs: ReturnType<typeof parseInputs>
}) {
  const tenant = useTenant()
  const formId = useId()
  const form = useInputValues(inputs)
  const start = useStart()
  const serverProblems = start.error instanceof StartError ? start.error.problems : []
  const refused = problemsByInput(
    serverProblems,
    inputs.map(input => input.id),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    const sent = form.read()
    if (sent) start.mutate({ tenant, namespace, id, inputs: sent })
  }

  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit} noValidate className="space-y-4">
          {start.error && refused.size < Math.max(1, serverProblems.length) && (
            <Alert tone="danger">{start.error.message}</Alert>
          )}
          {inputs.length === 0 && <p className="text-[13px] text-muted">This flow has no inputs.</p>}
          {inputs.map(input => (
            <InputField
              key={input.id}
              input={input}
              value={form.values[input.id]}
              onChange={value => form.set(input.id, value)}
              problem={form.problems[input.id] ?? refused.get(input.id)}
            />
          ))}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" autoFocus isBusy={start.isPending || start.isSuccess}>
          <Play aria-hidden /> Execute
        </Button>
      </DialogFooter>
    </>
  )
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
