'use client'

import { useMutation } from '@tanstack/react-query'
import { executionText } from '#text/execution'
import { StateDialog } from '#ui/execution/StateDialog'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { TaskRun } from '#web/server/executions/execution'
import { useActions } from '../use-actions'

const states = ['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'SKIPPED'] as const

/** Gives a task run another state; its execution goes on from there. */
export function TaskStateDialog({ taskRun, onClose }: { taskRun: TaskRun; onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const toast = useToast()
  const { show } = useActions(taskRun.executionId)
  const change = useMutation(
    trpc.execution.setTaskState.mutationOptions({
      onSuccess: show,
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
  return (
    <StateDialog
      title={executionText.changeTheStateOf(taskRun.taskId)}
      description={executionText.whatChangingTheStateDoes(taskRun.state.current)}
      states={states}
      onClose={onClose}
      onSubmit={given => {
        change.mutate({ tenant, id: taskRun.executionId, taskRunId: taskRun.id, ...given })
        onClose()
      }}
    />
  )
}
