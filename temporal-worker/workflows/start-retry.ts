import type { Walk } from './walk'

/** Starts the execution that tries the flow again in the place of this one (retry behavior CREATE_NEW_EXECUTION). */
export async function startRetry(walk: Walk, delayMs: number): Promise<void> {
  const { host, state } = walk
  const { input } = state
  if (delayMs > 0) await host.sleep(delayMs)
  const { resumeFrom: _ended, ...again } = input
  const next = { ...again, executionId: state.newId(), parentId: input.executionId, attempt: input.attempt + 1 }
  // Histories recorded before limits and walks without a workflow were there have no answer.
  const { input: asked = next, ended } = (await host.quick.createExecution({ input: next })) ?? {}
  if (ended === undefined) await host.startChild(asked)
}
