import type { Activities } from '../activities'
import { createParseOutput } from '../activities/parse-output'
import type { Host } from '../workflows/host'

/** Five milliseconds at most, and of plain tasks a tenth of one; other requests get on between two turns. */
const stepsPerTurn = 5000
/** About 200 task runs; a longer walk is better off in a worker. */
const turns = 40

/** A host without memory: whatever a walk asks of the world or of time abandons it, for Temporal to begin anew. */
export function createInlineHost(): { host: Host; whenAbandoned: Promise<false> } {
  let abandon: () => void = () => undefined
  const whenAbandoned = new Promise<false>(resolve => {
    abandon = () => resolve(false)
  })
  /** Never answers: nobody is there to go on. */
  const outside = (): Promise<never> => {
    abandon()
    return new Promise(() => undefined)
  }
  let turn = 0
  const rest = async (): Promise<void> => {
    turn += 1
    await (turn > turns ? outside() : new Promise(resolve => setImmediate(resolve)))
  }
  const activities = abandoning(outside)
  const host: Host = {
    uuid4: () => crypto.randomUUID(),
    sleep: outside,
    async condition(isMet, timeoutMs) {
      if (timeoutMs !== undefined) return outside()
      while (!isMet()) await rest()
    },
    newScope: () => ({ run: outside, cancel: () => undefined, cancelRequested: new Promise(() => undefined) }),
    shielded: outside,
    // All at once, by whoever asked for the walk.
    record: async () => undefined,
    rest,
    quick: activities,
    tasksOf: () => activities,
    findWorkers: outside,
    startChild: outside,
    limits: { stepsPerTurn, stepsPerRendering: stepsPerTurn },
  }
  return { host, whenAbandoned }
}

/** Of all activities the one that only computes is there. */
function abandoning(outside: () => Promise<never>): Activities {
  const parseOutput = createParseOutput()
  return new Proxy({} as Activities, { get: (_, name) => (name === 'parseOutput' ? parseOutput : outside) })
}
