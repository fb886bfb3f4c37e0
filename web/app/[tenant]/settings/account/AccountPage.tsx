'use client'

import { useQuery } from '@tanstack/react-query'
import { commonText } from '#text/common'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useAccount } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { IdentitySection } from './IdentitySection'
import { PasswordSection } from './PasswordSection'
import { ProfileSection } from './ProfileSection'
import { SecondFactorSection } from './SecondFactorSection'
import { SessionsSection } from './SessionsSection'

/** One's own account: it is the same in every tenant. */
export function AccountPage() {
  const trpc = useTRPC()
  const account = useAccount()
  const security = useQuery(trpc.account.security.queryOptions())
  return (
    <>
      <PageHeader title={commonText.yourAccount} />
      {(account.isPending || security.isPending) && <SkeletonRows />}
      {security.isError && <LoadProblem error={security.error} onRetry={() => security.refetch()} />}
      {account.data && security.data && (
        <>
          <ProfileSection user={account.data.user} security={security.data} />
          <PasswordSection hasPassword={security.data.hasPassword} />
          <SecondFactorSection {...security.data.secondFactor} hasPassword={security.data.hasPassword} />
          <IdentitySection identities={security.data.identities} oidcName={security.data.oidcName} />
          <SessionsSection />
        </>
      )}
    </>
  )
}
