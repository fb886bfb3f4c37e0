'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { executionText } from '#text/execution'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'
import type { ActionName } from './actions'

/** What can be done with an execution, ready to call. */
export function useActions(id: string) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const ref = { tenant, id }

  async function show(execution: Execution) {
    queryClient.setQueryData(trpc.execution.get.queryKey({ tenant, id: execution.id }), execution)
    if (execution.id !== id) {
      router.push(`/${tenant}/executions/${execution.id}`)
      toast(executionText.startedANewExecution)
    }
    await queryClient.invalidateQueries(trpc.execution.pathFilter())
  }
  async function leave() {
    router.replace(`/${tenant}/executions`)
    toast(executionText.deletedTheExecution)
    await queryClient.invalidateQueries(trpc.execution.list.pathFilter())
  }
  const options = { onSuccess: show, onError: (error: unknown) => toast(messageOf(error), 'danger') }

  const kill = useMutation(trpc.execution.kill.mutationOptions(options))
  const pause = useMutation(trpc.execution.pause.mutationOptions(options))
  const forceRun = useMutation(trpc.execution.forceRun.mutationOptions(options))
  const unqueue = useMutation(trpc.execution.unqueue.mutationOptions(options))
  const restart = useMutation(trpc.execution.restart.mutationOptions(options))
  const replay = useMutation(trpc.execution.replay.mutationOptions(options))
  const remove = useMutation(trpc.execution.delete.mutationOptions({ ...options, onSuccess: leave }))

  return {
    show,
    kill: { run: () => kill.mutate(ref), isBusy: kill.isPending },
    pause: { run: () => pause.mutate(ref), isBusy: pause.isPending },
    forceRun: { run: () => forceRun.mutate(ref), isBusy: forceRun.isPending },
    unqueue: { run: () => unqueue.mutate({ ...ref, state: 'CANCELLED' }), isBusy: unqueue.isPending },
    restart: { run: () => restart.mutate(ref), isBusy: restart.isPending },
    replay: { run: () => replay.mutate(ref), isBusy: replay.isPending },
    delete: { run: () => remove.mutate(ref), isBusy: remove.isPending },
  } satisfies Record<Exclude<ActionName, 'resume' | 'setTaskState'>, { run: () => void; isBusy: boolean }> & {
    show: unknown
  }
}
