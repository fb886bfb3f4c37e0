'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

type Kind = 'secret' | 'kv'
type Lookup = (kind: Kind, namespace: string) => Promise<string[]>

/** Of the editor that is shown; Monaco's providers are made once and know no page. */
let lookup: Lookup | undefined

const staleTime = 30_000

/** Names of secrets, or keys of entries, that a flow of the namespace may read; none where one may not see them. */
export async function namesFor(kind: Kind, flowText: string): Promise<string[]> {
  const namespace = /^namespace:[ \t]*["']?([\w.-]+)/m.exec(flowText)?.[1]
  if (lookup === undefined || namespace === undefined) return []
  return lookup(kind, namespace).catch(() => [])
}

/** Lets the editor complete the names in `secret('...')` and `kv('...')`. */
export function useExpressionNames(): void {
  const tenant = useTenant()
  const trpc = useTRPC()
  const client = useQueryClient()
  useEffect(() => {
    lookup = async (kind, namespace) => {
      if (kind === 'kv') {
        const { results } = await client.fetchQuery(trpc.kv.list.queryOptions({ tenant, namespace }, { staleTime }))
        return results.map(({ key }) => key)
      }
      const [own, inherited] = await Promise.all([
        client.fetchQuery(trpc.secret.list.queryOptions({ tenant, namespace }, { staleTime })),
        client.fetchQuery(trpc.secret.inherited.queryOptions({ tenant, namespace }, { staleTime })),
      ])
      return [...new Set([...own.results.map(({ key }) => key), ...Object.values(inherited).flat()])].sort()
    }
    return () => {
      lookup = undefined
    }
  }, [tenant, trpc, client])
}
