'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useToast } from '#ui/ui/toast'
import { useTRPC } from '#web/components/trpc'

/** What follows a change of how the account is guarded: it is read again, with its sessions, and it is said. */
export function useSecurityChange(onDone: () => void = () => {}) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  return async (said: string) => {
    const filters = [trpc.account.security.pathFilter(), trpc.session.pathFilter()]
    await Promise.all(filters.map(filter => queryClient.invalidateQueries(filter)))
    toast(said)
    onDone()
  }
}
