import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildExit } from './child'

export type Running = { pid: number; exited: Promise<ChildExit>; stop(): Promise<void> }

export type KeptRunning<T extends Running> = {
  /** What its first start gave; a restarted one listens at the same place. */
  first: T
  stop(): Promise<void>
}

type KeepOptions<T extends Running> = {
  name: string
  start: () => Promise<T>
  say: (line: string) => void
  /** Where its last lines can be read. */
  logFile: string
}

const firstPauseMs = 500
const maxPauseMs = 30_000
/** A part that ran this long was well: its next crash is waited for as if it were the first. */
const healthyAfterMs = 60_000

/** Starts a part, and starts it again, with growing pauses, whenever it ends by itself. */
export async function keepRunning<T extends Running>(options: KeepOptions<T>): Promise<KeptRunning<T>> {
  const stopping = new AbortController()
  const first = await options.start()
  let current: T | undefined = first
  const watching = watch()

  async function watch() {
    let pauseMs = firstPauseMs
    while (current) {
      const startedAt = Date.now()
      const exit = await current.exited
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > healthyAfterMs) pauseMs = firstPauseMs
      options.say(`! ${options.name} ended (${how(exit)}); starting it again. Its log: ${options.logFile}`)
      current = await startAgain()
      if (current) options.say(`✓ ${options.name} runs again`)
    }

    async function startAgain(): Promise<T | undefined> {
      while (!stopping.signal.aborted) {
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
        pauseMs = Math.min(pauseMs * 2, maxPauseMs)
        if (stopping.signal.aborted) return undefined
        try {
          return await options.start()
        } catch (error) {
          options.say(`! ${options.name} does not start: ${lastLine(error)}`)
        }
      }
      return undefined
    }
  }

  return {
    first,
    async stop() {
      stopping.abort()
      await current?.stop()
      await watching
      await current?.stop()
    },
  }
}

function how({ code, signal }: ChildExit): string {
  return signal ?? `exit code ${code}`
}

/** Of a program that ended, what it said last. */
function lastLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n')
  return lines.findLast(line => line.trim() !== '') ?? ''
}
