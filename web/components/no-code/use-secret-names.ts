'use client'

import { useQuery } from '@tanstack/react-query'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Names of the secrets that a flow of a namespace can read, also those of the namespaces above; none for whoever may not. */
export function useSecretNames(namespace: string): string[] {
  const tenant = useTenant()
  const trpc = useTRPC()
  const enabled = useMay()('SECRET:READ', namespace) && namespace !== ''
  const own = useQuery(trpc.secret.list.queryOptions({ tenant, namespace }, { enabled, retry: false }))
  const inherited = useQuery(trpc.secret.inherited.queryOptions({ tenant, namespace }, { enabled, retry: false }))
  const names = [...(own.data?.results ?? []).map(({ key }) => key), ...Object.values(inherited.data ?? {}).flat()]
  return [...new Set(names)].toSorted()
}
