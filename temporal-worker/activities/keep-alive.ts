import { Context } from '@temporalio/activity'

/** How soon a kill is noticed: the server's answer to a heartbeat carries it. */
const everyMs = 1000

/** Sends heartbeats until the returned function is called; an activity that is over sooner sends none. */
export function keepAlive(details: () => unknown = () => undefined): () => void {
  const context = Context.current()
  const timer = setInterval(() => context.heartbeat(details()), everyMs)
  return () => clearInterval(timer)
}
