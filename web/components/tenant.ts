'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTRPC } from '#web/components/trpc'

/** The slug in the address of the page. */
export function useTenant(): string {
  const { tenant } = useParams<{ tenant: string }>()
  return tenant
}

/** Who is signed in, and the tenants they belong to. */
export function useAccount() {
  const trpc = useTRPC()
  return useQuery(trpc.account.me.queryOptions(undefined, { staleTime: 60_000 }))
}
