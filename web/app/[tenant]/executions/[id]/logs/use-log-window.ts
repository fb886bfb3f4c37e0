'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { followStream } from '#web/components/follow/follow-stream'
import type { Level } from '#web/components/logs/log-lines'
import { useTenant } from '#web/components/tenant'
import { useTRPCClient } from '#web/components/trpc'
import type { LogEntry } from '#web/server/executions/execution'
import { createLogWindow, type LogWindow, type Missing } from './log-window'

/** Lines that come faster are drawn together. */
const flushMs = 100
/** A reader who scrolls past does not wait for what they pass. */
const settleMs = 60

export type LogFilter = { minLevel: Level; taskId?: string; attempt?: number; q?: string }

export type LogReading = {
  /** Undefined until it is known how many lines there are. */
  view?: LogWindow
  /** Counts up with each change of the view. */
  version: number
  isConnected: boolean
  /** It is looked anew how many lines the filter leaves. */
  isBusy: boolean
  error?: unknown
  retry: () => void
  /** Has these parts read, if they are not held. */
  show: (from: number, to: number) => void
}

/**
 * The log of an execution: its index first, then what comes into sight; while it is live, what is written. What is held stays
 * when the execution ends: the stream itself tells when the last line was said, to each choice of lines for itself.
 */
export function useLogWindow(executionId: string, filter: LogFilter, isLive: boolean): LogReading {
  const tenant = useTenant()
  const client = useTRPCClient()
  const [opened, setOpened] = useState<{ view: LogWindow; filters: LogFilter }>()
  const [version, setVersion] = useState(0)
  const [isBusy, setIsBusy] = useState(true)
  const [wasLive, setWasLive] = useState(isLive)
  /** The one that holds the last line. */
  const [whole, setWhole] = useState<LogWindow>()
  const [isConnected, setIsConnected] = useState(true)
  const [error, setError] = useState<unknown>()
  const [round, setRound] = useState(0)
  const { minLevel, taskId, attempt, q } = filter

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is how a retry starts this anew
  useEffect(() => {
    const leave = new AbortController()
    const { signal } = leave
    const filters = { minLevel, taskId, attempt, q }
    async function read() {
      setError(undefined)
      setIsBusy(true)
      const index = await client.execution.logIndex.query({ tenant, id: executionId, ...filters }, { signal })
      if (signal.aborted) return
      setOpened({ view: createLogWindow(index), filters })
      setIsBusy(false)
    }
    read().catch(problem => {
      if (!signal.aborted) setError(problem)
    })
    return () => leave.abort()
  }, [tenant, executionId, client, minLevel, taskId, attempt, q, round])

  useEffect(() => {
    if (!isLive) return
    setWasLive(true)
    setWhole(undefined)
  }, [isLive])

  const isFollowed = wasLive && opened !== undefined && opened.view !== whole
  useEffect(() => {
    if (!opened || !isFollowed) return
    const { view, filters } = opened
    const leave = new AbortController()
    let pending: LogEntry[] = []

    function flush() {
      if (pending.length === 0) return
      view.append(pending)
      pending = []
      setVersion(old => old + 1)
    }
    async function follow() {
      await followStream({
        url: `/api/v1/${tenant}/logs/${executionId}/follow?${queryOf(filters)}`,
        lastEventId: view.last(),
        onEvent: ({ event, data }) => {
          if (event === 'end') setWhole(view)
          else pending.push(JSON.parse(data) as LogEntry)
        },
        onConnection: setIsConnected,
        signal: leave.signal,
      })
    }

    const timer = setInterval(flush, flushMs)
    void follow()
    return () => {
      leave.abort()
      clearInterval(timer)
      flush()
    }
  }, [tenant, executionId, opened, isFollowed])

  const load = useCallback(
    async ({ view, filters }: NonNullable<typeof opened>, missing: Missing) => {
      const { after, limit } = missing
      view.ask(missing)
      let lines: LogEntry[] = []
      try {
        lines = await client.execution.logs.query({ tenant, id: executionId, ...filters, after, limit })
      } finally {
        view.store(missing, lines)
      }
      setVersion(old => old + 1)
    },
    [client, tenant, executionId],
  )

  const wait = useRef<ReturnType<typeof setTimeout>>(undefined)
  const show = useCallback(
    (from: number, to: number) => {
      clearTimeout(wait.current)
      wait.current = setTimeout(() => {
        for (const missing of opened?.view.missing(from, to) ?? []) if (opened) load(opened, missing).catch(setError)
      }, settleMs)
    },
    [opened, load],
  )

  const retry = () => setRound(round + 1)
  return { view: opened?.view, version, isBusy, isConnected: isConnected || !isFollowed, error, retry, show }
}

/** The filters as the address of a stream or a download has them. */
export function queryOf({ minLevel, taskId, attempt, q }: LogFilter): string {
  const given = { minLevel, taskId, attempt: attempt?.toString(), q }
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
}
