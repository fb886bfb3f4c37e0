'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isFinal } from '#web/components/execution/states'
import { followStream } from '#web/components/follow/follow-stream'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'

/** An execution, followed live until it ends. */
export function useExecution(id: string) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(trpc.execution.get.queryOptions({ tenant, id }))
  const [isConnected, setIsConnected] = useState(true)
  const queryKey = trpc.execution.get.queryKey({ tenant, id })
  const isLive = query.data !== undefined && !isFinal(query.data.state.current)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made anew on each render from tenant and id
  useEffect(() => {
    if (!isLive) return
    const leave = new AbortController()
    void followStream({
      url: `/api/v1/${tenant}/executions/${id}/follow`,
      onEvent: ({ data }) => {
        queryClient.setQueryData(queryKey, JSON.parse(data) as Execution)
      },
      onConnection: setIsConnected,
      signal: leave.signal,
    })
    return () => leave.abort()
  }, [tenant, id, isLive, queryClient])

  return { query, isLive, isConnected: isConnected || !isLive }
}
