'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { settingsText } from '#text/settings'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { CreateTokenDialog } from './CreateTokenDialog'
import { TokensTable } from './TokensTable'

export function TokensPage() {
  const trpc = useTRPC()
  const tokens = useQuery(trpc.token.list.queryOptions({ tenant: useTenant() }))
  const [isCreating, setIsCreating] = useState(false)
  const create = (
    <Button variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden /> {settingsText.newToken}
    </Button>
  )
  return (
    <>
      <PageHeader title={settingsText.apiTokens} actions={tokens.data && tokens.data.length > 0 && create} />
      {tokens.isPending && <SkeletonRows count={3} />}
      {tokens.isError && <LoadProblem error={tokens.error} onRetry={() => tokens.refetch()} />}
      {tokens.data?.length === 0 && (
        <EmptyState icon={KeyRound} title={settingsText.noTokens} text={settingsText.whatTokensAre}>
          {create}
        </EmptyState>
      )}
      {tokens.data && tokens.data.length > 0 && <TokensTable tokens={tokens.data} />}
      {isCreating && <CreateTokenDialog onClose={() => setIsCreating(false)} />}
    </>
  )
}
