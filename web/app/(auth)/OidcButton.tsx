'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { authText } from '#text/auth'
import { Button } from '#ui/ui/button'
import { signInAtIssuer } from '#web/components/session'
import { useTRPC } from '#web/components/trpc'

/** The way in by the OIDC issuer, where this installation has one. */
export function OidcButton({ next }: { next: string }) {
  const trpc = useTRPC()
  const options = useQuery(trpc.account.signInOptions.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }))
  const [isBusy, setIsBusy] = useState(false)
  const name = options.data?.oidcName
  if (!name) return null
  return (
    <>
      <p className="my-4 flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {authText.or}
      </p>
      <Button
        size="lg"
        className="w-full"
        isBusy={isBusy}
        onClick={() => {
          setIsBusy(true)
          signInAtIssuer(next).catch(() => setIsBusy(false))
        }}
      >
        {authText.signInWith(name)}
      </Button>
    </>
  )
}
