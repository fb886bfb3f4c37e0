'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccount } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Tour } from '#web/server/accounts/tour'

/** Where the signed-in user is in the tour, and how to go on; undefined while that is not known. */
export function useTour(): [Tour | undefined, (step: Tour) => void] {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { mutate } = useMutation(trpc.account.setTour.mutationOptions())
  const key = trpc.account.me.queryKey()
  function set(tour: Tour) {
    // Shown at once; should the server not hear of it, the tour is only where it was at the next visit.
    queryClient.setQueryData(key, account => account && { ...account, user: { ...account.user, tour } })
    mutate({ tour })
  }
  return [useAccount().data?.user.tour, set]
}
