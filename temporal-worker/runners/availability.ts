import { setTimeout as delay } from 'node:timers/promises'

const availableForMs = 30_000
const unavailableForMs = 5_000
const answerWithinMs = 10_000

/** Whether something answers in time; asked again only after a while, sooner where it did not. */
export function cachedAvailability(ask: () => Promise<unknown>): () => Promise<boolean> {
  let known: { answer: Promise<boolean>; untilMs: number } | undefined
  return async () => {
    if (known !== undefined && Date.now() < known.untilMs) return known.answer
    const answer = answersInTime(ask)
    known = { answer, untilMs: Date.now() + unavailableForMs }
    if (await answer) known.untilMs = Date.now() + availableForMs
    return answer
  }
}

async function answersInTime(ask: () => Promise<unknown>): Promise<boolean> {
  const late = delay(answerWithinMs, false, { ref: false })
  const answer = ask().then(
    () => true,
    () => false,
  )
  return await Promise.race([answer, late])
}
