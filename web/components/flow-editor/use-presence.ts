'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPCClient } from '#web/components/trpc'
import { tabId } from './page-id'

export type Presence = Outputs['flow']['presence']

const everyMs = 5_000

/** Tells others that this page edits a flow, and who else does. */
export function usePresence({
  namespace,
  id,
  isEditing,
  isOff,
}: {
  namespace: string
  id: string
  isEditing: boolean
  /** For whoever may not edit it. */
  isOff: boolean
}): { presence: Presence | undefined; isSignedOut: boolean } {
  const tenant = useTenant()
  const client = useTRPCClient()
  const { data, error } = useQuery({
    queryKey: ['presence', tenant, namespace, id, isEditing],
    queryFn: () => client.flow.presence.mutate({ tenant, namespace, id, page: tabId(), isEditing }),
    enabled: !isOff,
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  return { presence: data, isSignedOut: codeOf(error) === 'UNAUTHORIZED' }
}
