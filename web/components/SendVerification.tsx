'use client'

import { useMutation } from '@tanstack/react-query'
import { accountText } from '#text/account'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useAccount } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Sends the link that confirms one's address once more. */
export function SendVerification() {
  const trpc = useTRPC()
  const toast = useToast()
  const account = useAccount().data
  const send = useMutation(
    trpc.account.sendVerification.mutationOptions({
      onSuccess: () => toast(account?.hasMail ? accountText.sentTheLink : accountText.linkIsInTheLog),
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
  return (
    <Button size="sm" isBusy={send.isPending} onClick={() => send.mutate()}>
      {account?.hasMail ? accountText.sendItAgain : accountText.writeToTheLogAgain}
    </Button>
  )
}
