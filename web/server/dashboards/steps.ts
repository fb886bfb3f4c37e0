import type { DashboardRange } from './dashboard'

const minuteMs = 60_000

/**
 * Minutes of a bar, how many bars, and of the slots that are read for it; `wide` of those that flows are summed up from as far
 * as they lie in the range. Without slots, executions themselves are read.
 */
const widths: Record<DashboardRange, { minutes: number; bars: number; slots: Slots | null }> = {
  '1h': { minutes: 1, bars: 60, slots: null },
  '6h': { minutes: 10, bars: 36, slots: { minutes: 10, wide: 120 } },
  '24h': { minutes: 30, bars: 48, slots: { minutes: 10, wide: 120 } },
  '7d': { minutes: 240, bars: 42, slots: { minutes: 120, wide: 720 } },
  '30d': { minutes: 720, bars: 60, slots: { minutes: 720, wide: 7200 } },
}

type Slots = { minutes: number; wide: number }
export type Steps = {
  sinceMs: number
  stepMs: number
  bars: number
  minutes: number
  slots: (Slots & { wideSinceMs: number }) | null
}

/** The bars of a range, the last of which holds now. They begin at whole steps since 2000, as the slots do. */
export function stepsOf(within: DashboardRange, nowMs: number): Steps {
  const { minutes, bars, slots } = widths[within]
  const stepMs = minutes * minuteMs
  const sinceMs = wholeSteps(nowMs, stepMs, Math.floor) - (bars - 1) * stepMs
  return {
    ...{ sinceMs, stepMs, bars, minutes },
    slots: slots && { ...slots, wideSinceMs: wholeSteps(sinceMs, slots.wide * minuteMs, Math.ceil) },
  }
}

function wholeSteps(atMs: number, stepMs: number, round: (steps: number) => number): number {
  return round((atMs - epochMs) / stepMs) * stepMs + epochMs
}

/** Of `slot_of` in migration 0090. */
const epochMs = Date.UTC(2000, 0, 1)
