'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Diagnostic } from '#language/diagnostics'
import { useTenant } from '#web/components/tenant'
import { useTRPCClient } from '#web/components/trpc'

const debounceMs = 250
const none: Diagnostic[] = []

/** What the server finds wrong with a text, asked again whenever typing pauses. */
export function useDiagnostics(source: string): { diagnostics: Diagnostic[]; isChecking: boolean } {
  const tenant = useTenant()
  const client = useTRPCClient()
  const settled = useSettled(source)
  const check = useQuery({
    queryKey: ['diagnostics', tenant, settled],
    queryFn: async ({ signal }) => {
      const checks = await client.flow.validate.mutate({ tenant, source: settled }, { signal })
      return checks.flatMap(({ diagnostics }) => diagnostics as Diagnostic[])
    },
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  return {
    diagnostics: settled.trim() === '' ? none : (check.data ?? none),
    isChecking: check.isFetching || settled !== source,
  }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
