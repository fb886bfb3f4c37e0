/**
 * A task that finds no room (a tenant at its quota, a cluster that is full) gives its place at this worker back: the
 * activity fails, and Temporal tries it again a little later. To the user it is one attempt, which begins late. What must
 * be known of it then travels in the details of the heartbeat.
 */
import { ApplicationFailure, Context } from '@temporalio/activity'
import { ApplicationFailureCategory } from '@temporalio/common'
import { z } from 'zod'
import { NoRoomError } from '../runners/runner'

const Details = z.object({
  /** When it was first told that there is no room, in ms since 1970. */
  sinceMs: z.number(),
  /** How often. */
  waits: z.number(),
  /** When its runner gives up. */
  untilMs: z.number(),
  isWaiting: z.boolean(),
})
type Details = z.infer<typeof Details>

export type RoomWait = {
  /** When the task was first told that there is no room; undefined where it was not. */
  sinceMs: number | undefined
  /** Whether the attempt before this one gave its place back; else its worker was lost. */
  isComingBack: boolean
  /** The command runs: a worker that is lost from here on is a lost one. */
  begun(): void
  details(): Details | undefined
  /** What the activity throws to come back later; at its timeout at the latest. */
  comeBackLater(error: NoRoomError, timeoutMs?: number): ApplicationFailure
  /** Throws `NoRoomError` where `hasRoom` says no and the time to give up has not come. */
  passIfRoom(hasRoom: () => Promise<boolean>, timeoutMs?: number): Promise<void>
}

const firstMs = 2_000
const longestMs = 20_000
const growth = 1.5

/** Takes up the wait of the attempts before. */
export function openRoomWait(heartbeatDetails: unknown): RoomWait {
  const before = Details.safeParse(heartbeatDetails).data
  const isComingBack = before?.isWaiting === true
  let details = before
  const leftMs = ({ sinceMs, untilMs }: Details, timeoutMs = Number.POSITIVE_INFINITY) =>
    Math.max(0, Math.min(untilMs, sinceMs + timeoutMs) - Date.now())
  return {
    sinceMs: before?.sinceMs,
    isComingBack,
    begun() {
      if (details !== undefined) details = { ...details, isWaiting: false }
    },
    details: () => details,
    comeBackLater({ message, untilMs }, timeoutMs) {
      const waits = (details?.waits ?? 0) + 1
      const next = { sinceMs: details?.sinceMs ?? Date.now(), waits, untilMs, isWaiting: true }
      details = next
      Context.current().heartbeat(next)
      const delayMs = Math.min(delayOf(waits), leftMs(next, timeoutMs))
      return ApplicationFailure.create({
        message,
        type: 'NoRoom',
        nextRetryDelay: Math.max(1, Math.round(delayMs)),
        category: ApplicationFailureCategory.BENIGN,
      })
    },
    async passIfRoom(hasRoom, timeoutMs) {
      if (!isComingBack || before === undefined || leftMs(before, timeoutMs) === 0) return
      if (await hasRoom().catch(() => true)) return
      throw new NoRoomError('There is still no room', before.untilMs)
    },
  }
}

/** Grows, and is never the same for all who wait. */
function delayOf(waits: number): number {
  return Math.min(longestMs, firstMs * growth ** (waits - 1)) * (0.8 + 0.4 * Math.random())
}
