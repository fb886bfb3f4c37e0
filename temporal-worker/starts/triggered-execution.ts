import type { Label } from '#language/flow'
import type { JsonObject } from '#language/json'
import { mergeLabels } from '#language/labels'
import type { FlowRef, LoadedFlow } from './load-flow'
import type { NewExecution } from './open-execution'

export type TriggeredStart = {
  /** Derived from its cause, so that one cause comes to one execution. */
  executionId: string
  /** The trigger as in the flow. */
  definition: JsonObject
  /** What the trigger gives: `trigger.*` of expressions. */
  variables: JsonObject
  /** More that the trigger's own expressions see. */
  scope?: JsonObject
  /** What the execution has in common with the one that it follows. */
  correlationId?: string
}

/** A flow, and why it starts. */
export type AskedStart = {
  ref: FlowRef
  loaded: Pick<LoadedFlow, 'flow' | 'plan' | 'concurrency'>
  start: TriggeredStart
}

/** Inputs and labels of a trigger, rendered; or why the flow can't be given them. */
export type GivenByTrigger = { labels?: Label[] } & ({ inputs: JsonObject } | { failure: string })

/** The execution that a trigger starts; FAILED with the reason where its inputs can't be rendered or don't fit. */
export function triggeredExecution({ ref, loaded, start }: AskedStart, given: GivenByTrigger): NewExecution {
  const { executionId, definition, variables, correlationId = executionId } = start
  const id = String(definition.id)
  const own = loaded.flow.labels.filter(({ key }) => !key.startsWith('system.'))
  const correlation = { key: 'system.correlationId', value: correlationId }
  const reason = 'failure' in given ? `The trigger ${id} could not start the flow. ${given.failure}` : undefined
  return {
    input: {
      tenantId: ref.tenantId,
      executionId,
      plan: loaded.plan,
      inputs: 'inputs' in given ? given.inputs : {},
      labels: mergeLabels(own, given.labels ?? [], [correlation]),
      trigger: { id, type: String(definition.type), variables },
      originalId: executionId,
      createdAtMs: Date.now(),
      attempt: 1,
    },
    concurrency: loaded.concurrency,
    ...(reason === undefined ? {} : { refused: { state: 'FAILED', reason } }),
  }
}
