'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { authText } from '#text/auth'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Skeleton } from '#ui/ui/skeleton'
import { messageOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'

/** What the link invites to; whoever is signed in can take it. */
export function InvitationPage({ value }: { value: string }) {
  const trpc = useTRPC()
  const invitation = useQuery(trpc.invitation.read.queryOptions({ value }, { retry: false }))
  const account = useQuery(trpc.account.me.queryOptions(undefined, { retry: false }))
  const accept = useMutation(
    trpc.invitation.accept.mutationOptions({
      onSuccess: ({ tenant }) => window.location.assign(`/${tenant}/flows`),
    }),
  )
  if (invitation.isLoadingError) return <Alert tone="danger">{messageOf(invitation.error)}</Alert>
  if (invitation.isPending || account.isPending) return <Skeleton className="h-24" />
  const back = encodeURIComponent(`/invitations/${value}`)
  const { tenantName, email } = invitation.data
  return (
    <>
      <h1 className="font-semibold text-lg">{authText.joinTenant(tenantName)}</h1>
      <p className="mt-1 text-[13px] text-muted">{authText.youAreInvited(email)}</p>
      <div className="mt-5 space-y-3">
        {accept.isError && <Alert tone="danger">{messageOf(accept.error)}</Alert>}
        {account.data ? (
          <>
            <Button
              variant="primary"
              size="lg"
              className="w-full"
              isBusy={accept.isPending || accept.isSuccess}
              onClick={() => accept.mutate({ value })}
            >
              {authText.join}
            </Button>
            <p className="text-center text-[13px] text-muted">{authText.signedInAs(account.data.user.email)}</p>
          </>
        ) : (
          <>
            <Button asChild variant="primary" size="lg" className="w-full">
              <Link href={`/sign-in?next=${back}`}>{authText.signInToJoin}</Link>
            </Button>
            <p className="text-center text-[13px] text-muted">
              {authText.noAccountYet(text => (
                <Link href="/sign-up" className="font-medium text-accent hover:underline">
                  {text}
                </Link>
              ))}
            </p>
          </>
        )}
      </div>
    </>
  )
}
