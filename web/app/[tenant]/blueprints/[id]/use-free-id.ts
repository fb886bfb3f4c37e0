'use client'

import { useQuery } from '@tanstack/react-query'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const mostFlows = 500

/** The id, or the first of `id_2`, `id_3` ... that no flow of the namespace has. */
export function useFreeId(namespace: string, id: string | undefined): string {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { data } = useQuery({
    ...trpc.flow.list.queryOptions({ tenant, namespace, q: id, limit: mostFlows }),
    enabled: id !== undefined && namespace !== '',
  })
  if (id === undefined) return ''
  const taken = new Set(data?.results.filter(flow => flow.namespace === namespace).map(flow => flow.id))
  let free = id
  for (let count = 2; taken.has(free); count++) free = `${id}_${count}`
  return free
}
