'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useEffectEvent } from 'react'
import { isTerminal } from '#language/states'
import { tourText } from '#text/tour'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { firstBlueprint } from './views'

const lookEveryMs = 1_000

/** Tells when the execution is green; offers another try where it is not going to be. */
export function WatchExecution({ id, onGreen }: { id: string; onGreen: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.execution.get.queryOptions(
      { tenant, id },
      { refetchInterval: query => (isTerminal(query.state.data?.state.current ?? '') ? false : lookEveryMs) },
    ),
  )
  const state = data?.state.current
  const tell = useEffectEvent(onGreen)
  useEffect(() => {
    if (state === 'SUCCESS') tell()
  }, [state])
  if (state === undefined || state === 'SUCCESS' || !isTerminal(state)) return null
  return (
    <p className="mt-2 text-[13px]">
      {tourText.endedAs(state, text => (
        <Link href={`/${tenant}/blueprints/${firstBlueprint}`} className="text-accent hover:underline">
          {text}
        </Link>
      ))}
    </p>
  )
}
