'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import { InputsForm } from '#ui/execute/InputsForm'
import { LoadProblem } from '#ui/LoadProblem'
import { Dialog, DialogBody, DialogContent } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { Skeleton } from '#ui/ui/skeleton'
import { useToast } from '#ui/ui/toast'
import { parseInputs } from '#web/components/execute/parse-inputs'
import { type SentInputs, StartError } from '#web/components/execute/send-inputs'
import { detailsOf, messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'
import { askedInputs } from './asked-inputs'
import { BackfillEstimate } from './BackfillEstimate'
import { parseLabels } from './parse-labels'
import { momentOf, wallTime } from './wall-time'
import { zoneOf } from './zone-of'

/** Asks which dates to replay, says what that comes to, and starts it. */
export function BackfillDialog({ trigger, onClose }: { trigger: TriggerRecord; onClose: () => void }) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const { namespace, flowId, triggerId } = trigger
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id: flowId }))
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={triggerText.backfillOne(triggerId)} description={triggerText.whatABackfillIs}>
        {flow.isPending && (
          <DialogBody>
            <Skeleton className="h-8" />
          </DialogBody>
        )}
        {flow.isError && <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />}
        {flow.data && <BackfillForm trigger={trigger} flow={flow.data} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  )
}

const dayMs = 86_400_000

function BackfillForm({
  trigger,
  flow,
  onClose,
}: {
  trigger: TriggerRecord
  flow: Outputs['flow']['get']
  onClose: () => void
}) {
  const { namespace, flowId, definition } = trigger
  const zone = zoneOf(trigger)
  const [from, setFrom] = useState(() => `${wallTime(new Date(Date.now() - dayMs), zone).slice(0, 10)}T00:00`)
  const [to, setTo] = useState(() => wallTime(new Date(), zone))
  const [labels, setLabels] = useState('')
  const [isConfirmed, setIsConfirmed] = useState(false)
  const range = { start: momentOf(from, zone), end: momentOf(to, zone) }
  const estimate = useEstimate(trigger, range)
  const start = useStart(trigger, onClose)
  const readLabels = parseLabels(labels)
  const isReady =
    estimate.data !== undefined &&
    estimate.data.total > 0 &&
    readLabels !== undefined &&
    (isConfirmed || !estimate.data.needsConfirmation)

  function submit(inputs: SentInputs) {
    if (range.start === undefined || readLabels === undefined) return
    // Files are not asked for.
    const texts = Object.fromEntries([...inputs].filter(([, value]) => typeof value === 'string'))
    start.mutate({
      start: range.start,
      end: range.end,
      inputs: texts as Record<string, string>,
      labels: readLabels,
      isConfirmed,
    })
  }

  return (
    <InputsForm
      inputs={askedInputs(parseInputs(flow.inputs), (definition.inputs ?? {}) as Record<string, string>)}
      flow={{ namespace, id: flowId }}
      action={triggerText.startBackfill}
      error={start.error && new StartError(messageOf(start.error), detailsOf(start.error))}
      isBusy={start.isPending || start.isSuccess}
      isBlocked={!isReady}
      onSubmit={submit}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={commonText.from} help={triggerText.timeIn(zone)}>
          <Input type="datetime-local" value={from} onChange={event => setFrom(event.target.value)} />
        </Field>
        <Field label={triggerText.to} help={triggerText.endHelp}>
          <Input type="datetime-local" value={to} onChange={event => setTo(event.target.value)} />
        </Field>
      </div>
      <BackfillEstimate
        estimate={estimate.data}
        error={estimate.error}
        isConfirmed={isConfirmed}
        onConfirm={setIsConfirmed}
        zone={zone}
      />
      <Field
        label={triggerText.labels}
        isOptional
        help={triggerText.labelsHelp}
        problem={readLabels === undefined ? triggerText.howLabelsAreWritten : undefined}
      >
        <Input placeholder="why:audit" value={labels} onChange={event => setLabels(event.target.value)} />
      </Field>
    </InputsForm>
  )
}

type Range = { start: string | undefined; end: string | undefined }

function useEstimate({ namespace, flowId, triggerId }: TriggerRecord, { start = '', end }: Range) {
  const trpc = useTRPC()
  const tenant = useTenant()
  return useQuery(
    trpc.trigger.estimateBackfill.queryOptions(
      { tenant, namespace, flowId, triggerId, start, end },
      { enabled: start !== '' && end !== undefined, retry: false },
    ),
  )
}

function useStart({ namespace, flowId, triggerId }: TriggerRecord, onStarted: () => void) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const queryClient = useQueryClient()
  const toast = useToast()
  const update = useMutation(
    trpc.trigger.update.mutationOptions({
      onSuccess: async () => {
        toast(triggerText.startedTheBackfillOf(triggerId))
        onStarted()
        await queryClient.invalidateQueries(trpc.trigger.pathFilter())
      },
    }),
  )
  type Asked = {
    start: string
    end: string | undefined
    inputs: Record<string, string>
    labels: { key: string; value: string }[]
    isConfirmed: boolean
  }
  return {
    ...update,
    mutate: ({ isConfirmed, ...backfill }: Asked) =>
      update.mutate({ tenant, namespace, flowId, triggerId, backfill, confirmed: isConfirmed }),
  }
}
