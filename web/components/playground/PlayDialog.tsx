'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { parse, stringify } from 'yaml'
import { commonText } from '#text/common'
import { editorText } from '#text/editor'
import { InputsForm } from '#ui/execute/InputsForm'
import { LoadProblem } from '#ui/LoadProblem'
import { Dialog, DialogBody, DialogContent } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { NativeSelect, Textarea } from '#ui/ui/input'
import { Skeleton } from '#ui/ui/skeleton'
import { parseInputs } from '#web/components/execute/parse-inputs'
import type { SentInputs } from '#web/components/execute/send-inputs'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC, useTRPCClient } from '#web/components/trpc'
import { outputsOfRuns, readOutputs, skeletonOf } from './mocked-outputs'
import { PlayResult } from './PlayResult'

/** Runs one task of the saved flow alone, with outputs of others as they are written here; shows what came of it. */
export function PlayDialog({
  namespace,
  id,
  taskId,
  onClose,
}: {
  namespace: string
  id: string
  /** The task to begin with; the first where absent. */
  taskId?: string
  onClose: () => void
}) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id }))
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={editorText.runOneTask} description={editorText.whatRunningOneDoes}>
        {flow.isPending && (
          <DialogBody>
            <Skeleton className="h-8" />
          </DialogBody>
        )}
        {flow.isError && <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />}
        {flow.data && <PlayForm flow={flow.data} taskId={taskId} />}
      </DialogContent>
    </Dialog>
  )
}

function PlayForm({ flow, taskId: first }: { flow: Outputs['flow']['get']; taskId?: string }) {
  const tenant = useTenant()
  const client = useTRPCClient()
  const { namespace, id } = flow
  const { taskIds } = flow
  const [taskId, setTaskId] = useState(first ?? taskIds[0] ?? '')
  const [typed, setTyped] = useState<string>()
  const earlier = useEarlierOutputs({ namespace, id }, taskId)
  const prefilled = earlier ?? skeletonOf(flow.source ?? '', taskIds, taskId)
  const text = typed ?? (Object.keys(prefilled).length > 0 ? stringify(prefilled) : '')
  const read = readOutputs(text, parse)
  const play = useMutation({
    mutationFn: (inputs: SentInputs) => {
      if ('problem' in read) throw new Error(read.problem)
      const given = Object.fromEntries([...inputs].filter(([, value]) => typeof value === 'string')) as Record<
        string,
        string
      >
      return client.execution.play.mutate({ tenant, namespace, id, taskId, inputs: given, outputs: read.outputs })
    },
  })
  return (
    <InputsForm
      inputs={parseInputs(flow.inputs)}
      flow={{ namespace, id }}
      action={editorText.run}
      error={play.error}
      isBusy={play.isPending}
      isBlocked={'problem' in read || taskId === ''}
      onSubmit={inputs => play.mutate(inputs)}
      after={
        <>
          <Field
            label={editorText.outputsOfOtherTasks}
            isOptional
            problem={'problem' in read ? read.problem : undefined}
            help={earlier === undefined ? editorText.otherOutputsHelp : editorText.otherOutputsAreThere}
          >
            <Textarea
              rows={Math.min(14, Math.max(4, text.split('\n').length))}
              spellCheck={false}
              placeholder={'fetch:\n  rows: 3'}
              value={text}
              onChange={event => setTyped(event.target.value)}
            />
          </Field>
          {play.data && <PlayResult key={play.data.id} id={play.data.id} taskId={taskId} />}
        </>
      }
    >
      <Field label={commonText.task}>
        <NativeSelect value={taskId} onChange={event => setTaskId(event.target.value)}>
          {taskIds.map(one => (
            <option key={one}>{one}</option>
          ))}
        </NativeSelect>
      </Field>
    </InputsForm>
  )
}

/** Those of the newest execution of the flow that succeeded; undefined while that is not known, and where there is none. */
function useEarlierOutputs({ namespace, id: flowId }: { namespace: string; id: string }, taskId: string) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const asked = { tenant, namespace, flowId, state: ['SUCCESS'], limit: 1, withTotal: false }
  const filters = [{ field: 'kind', operator: 'EQUALS' as const, value: 'NORMAL' }]
  const newest = useQuery(trpc.execution.list.queryOptions({ ...asked, filters })).data?.results[0]
  const execution = useQuery(
    trpc.execution.get.queryOptions({ tenant, id: newest?.id ?? '' }, { enabled: newest !== undefined }),
  )
  return execution.data && outputsOfRuns(execution.data.taskRunList ?? [], taskId)
}
