'use client'

import { useQuery } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { shellText } from '#text/shell'
import { SendVerification } from '#ui/SendVerification'
import { Alert } from '#ui/ui/alert'
import { EmptyState } from '#ui/ui/empty-state'
import { useAccount, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const askEveryMs = 5_000

/** Says above each page that the address is to be confirmed; where the installation demands it, instead of the page. */
export function VerifyGate({ children }: { children: ReactNode }) {
  const account = useAccount().data
  const isAccountPage = usePathname() === `/${useTenant()}/settings/account`
  const { email = '', verification = 'DONE' } = account?.user ?? {}
  const hasMail = account?.hasMail ?? false
  if (verification === 'REQUIRED' && !isAccountPage) return <Wall email={email} hasMail={hasMail} />
  // The page stands in one place: drawn anew when the note comes or goes, it would lose what was typed.
  return (
    <>
      {verification === 'OPEN' && hasMail && !isAccountPage && <Note email={email} />}
      {children}
    </>
  )
}

function Note({ email }: { email: string }) {
  return (
    <Alert tone="warning" className="m-4 mb-0 shrink-0 sm:mx-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-48">{shellText.notConfirmed(email)}</span>
        <SendVerification />
      </div>
    </Alert>
  )
}

function Wall({ email, hasMail }: { email: string; hasMail: boolean }) {
  const trpc = useTRPC()
  // The link may be opened anywhere: this page then goes on by itself.
  useQuery(trpc.account.me.queryOptions(undefined, { refetchInterval: askEveryMs }))
  const text = hasMail ? shellText.linkWasSent(email) : shellText.linkIsInTheLog(email)
  return (
    <EmptyState icon={MailCheck} title={shellText.confirmYourAddress} text={text}>
      <SendVerification />
    </EmptyState>
  )
}
