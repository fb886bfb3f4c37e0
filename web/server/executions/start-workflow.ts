import type { ExecuteFlowInput } from '#worker/contract'
import { type BeginOptions, beginWorkflow } from '#worker/starts'
import { log } from '../log'
import { temporal } from '../temporal'

/** Asks Temporal to walk a plan, and tells the operator where it doesn't. Safe to repeat: one id, one open workflow. */
export async function startWorkflow(input: ExecuteFlowInput, options: BeginOptions = {}) {
  const result = await beginWorkflow(temporal(), input, options)
  if ('error' in result) reportUnstarted(result.error, input)
  return result
}

export function reportUnstarted(error: unknown, { executionId }: { [name: string]: string } | ExecuteFlowInput): void {
  log.error({ err: error, executionId }, 'Temporal did not take an execution')
}
