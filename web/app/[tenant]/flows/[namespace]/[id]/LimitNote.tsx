'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { flowText } from '#text/flow'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const refreshMs = 5_000

/** Of a flow with a concurrency limit: how many of its executions run and wait now. */
export function LimitNote({ namespace, id }: { namespace: string; id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  // Without a limit there is nothing to ask for again.
  const options = {
    retry: false,
    refetchInterval: (query: { state: { data?: unknown } }) => (query.state.data ? refreshMs : false),
  } as const
  const limit = useQuery(trpc.concurrency.get.queryOptions({ tenant, namespace, flowId: id }, options))
  if (!limit.data) return null
  const { running, limit: places, waiting } = limit.data
  return (
    <Link
      href={`/${tenant}/concurrency`}
      title={flowText.theFlowsConcurrencyLimit}
      className="rounded-full border px-2 py-0.5 tabular-nums hover:text-accent"
    >
      {flowText.runAndWait(running, places, waiting)}
    </Link>
  )
}
