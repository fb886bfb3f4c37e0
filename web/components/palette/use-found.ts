'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useSettled } from '#web/components/use-settled'

const typingMs = 150
/** As long as the ids of executions are; somebody pasted one. */
const idPattern = /^[0-9A-Za-z]{20,24}$/

/** What the server finds for a text, and the newest executions. */
export function useFound(typed: string) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const q = useSettled(typed, typingMs)
  const isAsked = q !== ''
  const flows = useQuery(
    trpc.flow.list.queryOptions(
      { tenant, q, limit: 8 },
      { enabled: isAsked && may('FLOW:READ'), placeholderData: keepPreviousData },
    ),
  )
  const namespaces = useQuery(
    trpc.namespace.list.queryOptions(
      { tenant, q },
      { enabled: isAsked && may('NAMESPACE:READ'), placeholderData: keepPreviousData },
    ),
  )
  const recent = useQuery(
    trpc.execution.list.queryOptions({ tenant, limit: 20 }, { enabled: may('EXECUTION:READ'), staleTime: 5000 }),
  )
  const named = useQuery(
    trpc.execution.get.queryOptions(
      { tenant, id: q },
      { enabled: idPattern.test(q) && may('EXECUTION:READ'), retry: false },
    ),
  )
  const isSettling = typed !== q
  return {
    flows: isAsked ? (flows.data?.results ?? []) : [],
    namespaces: isAsked
      ? (namespaces.data?.results.filter(({ id }) => id.includes(q.toLowerCase())).slice(0, 5) ?? [])
      : [],
    executions: [...(idPattern.test(q) && named.data ? [named.data] : []), ...(recent.data?.results ?? [])].filter(
      ({ id }, index, all) => all.findIndex(other => other.id === id) === index,
    ),
    isBusy: isAsked && (isSettling || flows.isFetching || namespaces.isFetching || named.isLoading),
  }
}
