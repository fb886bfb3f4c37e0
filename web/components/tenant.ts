'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTRPC } from '#web/components/trpc'
import { useIsAlive } from '#web/components/use-is-alive'
import type { Permission } from '#web/server/access/permissions'

/** The slug in the address of the page. */
export function useTenant(): string {
  const { tenant } = useParams<{ tenant: string }>()
  return tenant
}

/**
 * Who is signed in, and the tenants they belong to. Not known while a page comes to life on what the server drew, which did
 * not know it: the shell around the page may have it by then.
 */
export function useAccount() {
  const trpc = useTRPC()
  const { data, error, isError, isPending, isSuccess, refetch } = useQuery(
    trpc.account.me.queryOptions(undefined, { staleTime: 60_000 }),
  )
  if (useIsAlive()) return { data, error, isError, isPending, isSuccess, refetch }
  return { data: undefined, error: null, isError: false, isPending: true, isSuccess: false, refetch }
}

/** What the signed-in user may do in this tenant, somewhere at least; nothing while that is not known yet. */
export function usePermissions(): readonly Permission[] {
  return useSeat()?.permissions ?? []
}

/**
 * Tells whether the signed-in user may do a thing, in a namespace or somewhere at least; no, while that is not known yet.
 *
 * @example const may = useMay(); may('FLOW:UPDATE', 'company.team')
 */
export function useMay(): (permission: Permission, namespace?: string) => boolean {
  const seat = useSeat()
  return (permission, namespace) => {
    if (seat === undefined || !seat.permissions.includes(permission)) return false
    const within = seat.within[permission]
    if (namespace === undefined || within === undefined) return true
    return within.some(bound => namespace === bound || namespace.startsWith(`${bound}.`))
  }
}

function useSeat() {
  const tenant = useTenant()
  return useAccount().data?.tenants.find(({ slug }) => slug === tenant)
}
