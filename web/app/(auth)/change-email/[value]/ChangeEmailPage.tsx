'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { authText } from '#text/auth'
import { commonText } from '#text/common'
import { useTRPC } from '#web/components/trpc'
import { LinkPage } from '../../LinkPage'

/** Takes an account to another address. */
export function ChangeEmailPage({ value }: { value: string }) {
  const trpc = useTRPC()
  const link = useQuery(trpc.account.readEmailChange.queryOptions({ value }, { retry: false, staleTime: Infinity }))
  const change = useMutation(trpc.account.changeEmail.mutationOptions())
  return (
    <LinkPage
      link={link}
      act={change}
      title={authText.changeYourAddress}
      action={commonText.change}
      onAct={() => change.mutate({ value })}
      ask={({ email, from }) =>
        authText.accountWillHaveAddress(
          <span className="font-medium text-fg">{from}</span>,
          <span className="font-medium text-fg">{email}</span>,
        )
      }
      done={({ email }) => authText.addressIsChanged(email)}
    />
  )
}
