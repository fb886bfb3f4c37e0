'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { authText } from '#text/auth'
import { useTRPC } from '#web/components/trpc'
import { LinkPage } from '../../LinkPage'

/** Confirms an address. */
export function VerifyPage({ value }: { value: string }) {
  const trpc = useTRPC()
  const link = useQuery(trpc.account.readVerification.queryOptions({ value }, { retry: false }))
  const verify = useMutation(trpc.account.verifyEmail.mutationOptions())
  return (
    <LinkPage
      link={link}
      act={verify}
      title={authText.confirmYourEmail}
      action={authText.confirm}
      onAct={() => verify.mutate({ value })}
      ask={({ email }) => authText.confirmIfYours(email)}
      done={({ email }) => authText.addressIsConfirmed(email)}
    />
  )
}
