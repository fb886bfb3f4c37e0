'use client'

import { useQuery } from '@tanstack/react-query'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { useTenant } from '#web/components/tenant'
import { useTRPCClient } from '#web/components/trpc'
import { emptyFlow } from './templates'

/** What a new flow is made of, as the address tells: the blueprint of that id, or a text. */
export type Start = { id: string; namespace?: string; flowId?: string; given?: string } | { text: string }

/** The text that a new flow starts from. */
export function useStart(start: Start | undefined) {
  const tenant = useTenant()
  const client = useTRPCClient()
  return useQuery({
    queryKey: ['new-flow', tenant, start],
    queryFn: async () => {
      if (start === undefined || 'text' in start) return start?.text ?? emptyFlow
      const { id, namespace, flowId, given } = start
      const { source } = await client.blueprint.use.mutate({
        tenant,
        id,
        namespace,
        flowId,
        arguments: toObject(given),
      })
      return source
    },
    initialData: start === undefined || 'text' in start ? (start?.text ?? emptyFlow) : undefined,
    // What is being written must not change below one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** Of an address that somebody has changed by hand, nothing: the server then says what is missing. */
function toObject(text: string | undefined): JsonObject {
  try {
    const value: Json = JSON.parse(text ?? '{}')
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}
