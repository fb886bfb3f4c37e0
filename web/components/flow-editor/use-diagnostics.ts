'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Diagnostic } from '#language/diagnostics'
import { useTenant } from '#web/components/tenant'
import { useTRPCClient } from '#web/components/trpc'
import { useSettled } from '#web/components/use-settled'
import { useLocalCheck } from './use-local-check'

const none: Diagnostic[] = []

type Checked = { source: string; diagnostics: Diagnostic[] }

/**
 * What is wrong with a text: this page's own check says it at each keystroke, the server, which knows the namespace and
 * the other flows as well, whenever typing pauses; its word counts for the text that it was asked about.
 */
export function useDiagnostics(source: string): {
  diagnostics: Diagnostic[]
  isChecking: boolean
  /** The source; while one types, as of the page's last word on it: work that can wait should not delay that word. */
  checkedText: string
  /** Tells of a typed text that is about to become the source. */
  checkTyped: (text: string) => void
} {
  const server = useServerCheck(source)
  const { answer, check, learn } = useLocalCheck(source)
  const { checked } = server
  const local = answer?.source
  useEffect(() => {
    if (checked !== undefined && local !== undefined) learn(checked.source, checked.diagnostics)
  }, [checked, local, learn])

  const isSaid = checked?.source === source
  // Before the server has said anything the page can't tell what a default fills, and stays silent.
  const isFresh = answer?.source === source && (checked !== undefined || server.hasFailed)
  const shown = isSaid ? checked.diagnostics : isFresh ? answer.shown : undefined
  const latest = useLatest(shown)
  // An edit by form or graph is read at once: the next one is made of what was read.
  const [typed, setTyped] = useState<string>()
  const mayWait = source === typed && local !== undefined && local !== source
  const checkedText = useLatest(mayWait ? undefined : source)
  return {
    diagnostics: source.trim() === '' ? none : (latest ?? none),
    isChecking: server.isChecking,
    checkedText: checkedText ?? source,
    checkTyped(text) {
      setTyped(text)
      check(text)
    },
  }
}

/** A value, or the last one that was there. */
function useLatest<T>(value: T | undefined): T | undefined {
  const [latest, setLatest] = useState(value)
  if (value !== undefined && value !== latest) setLatest(value)
  return value ?? latest
}

function useServerCheck(source: string): { checked: Checked | undefined; isChecking: boolean; hasFailed: boolean } {
  const tenant = useTenant()
  const client = useTRPCClient()
  const settled = useSettled(source)
  const check = useQuery({
    queryKey: ['diagnostics', tenant, settled],
    queryFn: async ({ signal }): Promise<Checked> => {
      const checks = await client.flow.validate.mutate({ tenant, source: settled }, { signal })
      return { source: settled, diagnostics: checks.flatMap(({ diagnostics }) => diagnostics as Diagnostic[]) }
    },
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  return { checked: check.data, isChecking: check.isFetching || settled !== source, hasFailed: check.isError }
}
