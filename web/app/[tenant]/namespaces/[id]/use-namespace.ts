'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { type Outputs, useTRPC } from '#web/components/trpc'

export type Namespace = Outputs['namespace']['get']

/** What follows a change of a namespace or of what it holds: all of it is read again, and it is said. */
export function useNamespaceChange(onDone: () => void = () => {}) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  return (said: string) => ({
    onSuccess: async () => {
      const { namespace, secret, kv, file } = trpc
      const filters = [namespace.pathFilter(), secret.pathFilter(), kv.pathFilter(), file.pathFilter()]
      await Promise.all(filters.map(filter => queryClient.invalidateQueries(filter)))
      toast(said)
      onDone()
    },
    onError: (error: unknown) => toast(messageOf(error), 'danger'),
  })
}
