'use client'

import { useQuery } from '@tanstack/react-query'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'
import type { QueuePlace } from '#web/server/executions/queue-places'

const refreshMs = 3_000
/** As many as the server tells at once. */
const maxIds = 500

/** Where those executions that are QUEUED stand, by their ids; nothing is asked where none is. */
export function useQueuePlaces(executions: Execution[]): ReadonlyMap<string, QueuePlace> {
  const tenant = useTenant()
  const trpc = useTRPC()
  const ids = executions.filter(({ state }) => state.current === 'QUEUED').map(({ id }) => id)
  const options = { enabled: ids.length > 0, refetchInterval: refreshMs }
  const places = useQuery(trpc.execution.queue.queryOptions({ tenant, ids: ids.slice(0, maxIds) }, options))
  return new Map(places.data?.map(place => [place.executionId, place]))
}
