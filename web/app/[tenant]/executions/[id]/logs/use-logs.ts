'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { followStream } from '#web/components/follow/follow-stream'
import { useTenant } from '#web/components/tenant'
import { useTRPCClient } from '#web/components/trpc'
import type { LogEntry } from '#web/server/executions/execution'
import { createLogBuffer } from './log-buffer'
import { linesAfter } from './log-lines'

const pageSize = 10_000
/** Lines that come faster are drawn together. */
const flushMs = 100

export type Logs = { lines: LogEntry[]; isLoading: boolean; isConnected: boolean; error?: unknown; retry: () => void }

/**
 * The whole log of an execution: first what is there, in large pages; while the execution is live, line by line, after
 * the last one seen; and once more at its end, for lines that were written late.
 */
export function useLogs(executionId: string, isLive: boolean): Logs {
  const tenant = useTenant()
  const client = useTRPCClient()
  const [lines, setLines] = useState<LogEntry[]>([])
  const [isLoading, setIsLoading] = useState(true)
  const [isConnected, setIsConnected] = useState(true)
  const [error, setError] = useState<unknown>()
  const [round, setRound] = useState(0)
  const lastSeen = useEffectEvent(() => lines.at(-1)?.position)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is how a retry starts this anew
  useEffect(() => {
    const leave = new AbortController()
    const { signal } = leave
    const buffer = createLogBuffer(lastSeen())

    function flush() {
      const fresh = buffer.take()
      if (fresh.length > 0) setLines(old => [...old, ...linesAfter(fresh, old.at(-1)?.position)])
    }
    async function loadRest() {
      for (let count = pageSize; count === pageSize && !signal.aborted; ) {
        const page = await client.execution.logs.query(
          { tenant, id: executionId, after: buffer.last(), limit: pageSize },
          { signal },
        )
        if (signal.aborted) return
        count = page.length
        buffer.add(page)
        flush()
      }
      setIsLoading(false)
    }
    async function read() {
      setError(undefined)
      await loadRest()
      if (!isLive || signal.aborted) return
      await followStream({
        url: `/api/v1/${tenant}/logs/${executionId}/follow`,
        lastEventId: buffer.last(),
        onEvent: ({ event, data }) => {
          if (event !== 'end') buffer.add([JSON.parse(data) as LogEntry])
        },
        onConnection: setIsConnected,
        signal,
      })
    }

    const timer = setInterval(flush, flushMs)
    read().catch(problem => {
      if (!signal.aborted) setError(problem)
    })
    return () => {
      leave.abort()
      clearInterval(timer)
      flush()
    }
  }, [tenant, executionId, isLive, client, round])

  return { lines, isLoading, isConnected: isConnected || !isLive, error, retry: () => setRound(round + 1) }
}
