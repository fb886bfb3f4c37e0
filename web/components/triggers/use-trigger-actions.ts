'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { triggerText } from '#text/trigger'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { TriggerKey } from '#web/server/triggers/trigger-record'

/** What can be done with a trigger, ready to call. */
export function useTriggerActions({ namespace, flowId, triggerId }: TriggerKey) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const ref = { tenant, namespace, flowId, triggerId }
  const options = (done?: string) => ({
    onSuccess: async () => {
      if (done) toast(done)
      await queryClient.invalidateQueries(trpc.trigger.pathFilter())
    },
    onError: (error: unknown) => toast(messageOf(error), 'danger'),
  })
  const update = useMutation(trpc.trigger.update.mutationOptions(options()))
  const unlock = useMutation(trpc.trigger.unlock.mutationOptions(options(triggerText.unlocked(triggerId))))
  const forget = useMutation(trpc.trigger.forget.mutationOptions(options(triggerText.beginsAfresh(triggerId))))
  const pause = useMutation(trpc.trigger.pauseBackfill.mutationOptions(options()))
  const goOn = useMutation(trpc.trigger.continueBackfill.mutationOptions(options()))
  const cancel = useMutation(trpc.trigger.cancelBackfill.mutationOptions(options(triggerText.cancelledTheBackfill)))
  return {
    setDisabled: { run: (disabled: boolean) => update.mutate({ ...ref, disabled }), isBusy: update.isPending },
    unlock: { run: () => unlock.mutate(ref), isBusy: unlock.isPending },
    forget: { run: () => forget.mutate(ref), isBusy: forget.isPending },
    pauseBackfill: { run: () => pause.mutate(ref), isBusy: pause.isPending },
    continueBackfill: { run: () => goOn.mutate(ref), isBusy: goOn.isPending },
    cancelBackfill: { run: () => cancel.mutate(ref), isBusy: cancel.isPending },
  }
}
