'use client'

import { useEffect, useState } from 'react'
import { commonText } from '#text/common'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `450 ms`, `3.2 s`, `2 m 05 s`, `3 h 07 m`, `2 d 4 h` */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–'
  if (ms < second) return `${Math.round(ms)} ms`
  if (ms < minute) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  if (ms < hour) return `${Math.floor(ms / minute)} m ${pad(Math.floor((ms % minute) / second))} s`
  if (ms < day) return `${Math.floor(ms / hour)} h ${pad(Math.floor((ms % hour) / minute))} m`
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`
}

/** `just now`, `5 min ago`, `3 h ago`, `yesterday`, then the date. */
export function formatAge(date: Date, now: Date): string {
  const ms = now.getTime() - date.getTime()
  if (ms < 45 * second) return commonText.justNow
  if (ms < hour) return commonText.minAgo(Math.max(1, Math.round(ms / minute)))
  if (ms < day) return commonText.hoursAgo(Math.round(ms / hour))
  if (ms < 2 * day) return commonText.yesterday
  return date.toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** From a start to an end, or to now while there is no end. */
export function durationMs(startDate: string | undefined, endDate: string | undefined, nowMs: number): number {
  if (!startDate) return Number.NaN
  return (endDate ? Date.parse(endDate) : nowMs) - Date.parse(startDate)
}

/** The time in milliseconds, renewed while `isLive`. */
export function useNow(isLive: boolean, everyMs = second / 5): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [isLive, everyMs])
  return now
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
