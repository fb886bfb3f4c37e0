import { catalog } from '#catalog/manifests'
import { executionFolder, toStorageUri } from '#db/storage/uri'
import { renderDeep } from '#language/expressions/index'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { toLabels } from '#language/labels'
import { holdsStored, toStored } from '#language/stored'
import {
  type AskedStart,
  conditionsHold,
  type GivenByTrigger,
  type Opened,
  openExecution,
  type StartWorld,
  triggeredExecution,
  triggerScope,
} from '#worker/starts'
import type { TenantScope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { resolveStartInputs } from '../executions/resolve-start-inputs'
import { loadStartable } from '../executions/start-execution'
import { reportUnstarted } from '../executions/start-workflow'
import { holdsSecret } from '../secrets/answer-secret'
import { storage } from '../storage'
import { temporal } from '../temporal'
import type { Webhook } from './find-webhook'
import { createTriggerRender, serverVariables, TriggerProblem } from './trigger-render'

export type WebhookStart = {
  executionId: string
  /** Whether the id was derived, so that another call may come to the same execution. */
  isDerived: boolean
  variables: JsonObject
}

/**
 * Writes the execution that a call of a webhook starts; who called begins it. Inputs that can't be rendered or don't fit
 * make one that is FAILED and says why. `unwanted`: a condition of the trigger does not hold; `known`: an earlier call
 * has started it.
 */
export async function openWebhook(webhook: Webhook, call: WebhookStart): Promise<Opened | 'unwanted' | 'known'> {
  const { scope, ref, definition } = webhook
  const { namespace, flowId: id } = ref
  const loaded = await loadStartable(scope, { namespace, id })
  const asked = { ref, loaded, start: { executionId: call.executionId, definition, variables: call.variables } }
  const given = await give(scope, asked)
  if (given === 'unwanted') return given
  const start = { ...asked.start, variables: await travelling(scope, asked) }
  const execution = triggeredExecution({ ...asked, start }, given)
  const world = { db: scope.db, client: temporal(), report: reportUnstarted }
  return call.isDerived ? openOnce(world, execution) : openExecution(world, execution)
}

/** One of several calls that come to the same execution writes it. */
function openOnce(world: StartWorld, execution: ReturnType<typeof triggeredExecution>): Promise<Opened | 'known'> {
  const { tenantId, executionId: id } = execution.input
  return world.db.transact(async tx => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`webhook/${tenantId}/${id}`}, 0))::text`
    const isThere = (await tx.execution.count({ where: { tenantId, id } })) > 0
    return isThere ? 'known' : openExecution({ ...world, tx }, execution)
  })
}

/** Whether the flow is to start, and what it is given. */
async function give(scope: TenantScope, asked: AskedStart): Promise<GivenByTrigger | 'unwanted'> {
  const { ref, loaded, start } = asked
  const variables = triggerScope({ ref, loaded, type: start.definition.type, variables: start.variables })
  try {
    if (!areMet(start.definition, variables)) return 'unwanted'
  } catch (error) {
    // What a condition throws is about what its author wrote.
    return { failure: `Its conditions can't be told: ${error instanceof Error ? error.message : String(error)}` }
  }
  const trigger = createTriggerRender(scope, ref.namespace, variables)
  try {
    const inputs = await trigger.render(start.definition.inputs ?? {})
    const labels = await renderLabels(trigger, start.definition.labels)
    const resolved = await resolveStartInputs(scope, loaded.flow, asObject(inputs), trigger.secrets)
    return keepable({ inputs: resolved.inputs, labels })
  } catch (error) {
    if (error instanceof TriggerProblem || error instanceof AppError) return { failure: error.message }
    throw error
  }
}

function areMet(definition: JsonObject, variables: JsonObject): boolean {
  const known = { ...serverVariables(), ...variables }
  const call = (name: string): never => {
    throw new Error(`${name}() can't be used in a condition of a webhook`)
  }
  const env = { nowMs: Date.now(), random: Math.random, call }
  const render = (value: Json, extra: JsonObject = {}): Json =>
    renderDeep(value, { ...known, ...extra }, env, { typed: true })
  return conditionsHold(catalog, definition, { date: new Date(), render })
}

async function renderLabels(trigger: ReturnType<typeof createTriggerRender>, labels: Json | undefined) {
  const rendered = toLabels(await trigger.render(labels ?? {}))
  // Labels are read by everybody.
  return rendered.map(({ key, value }) => ({ key, value: holdsSecret(value, trigger.secrets) ? '******' : value }))
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** What a workflow is told as it begins; Temporal refuses twice as much. */
const maxGivenLength = 1024 * 1024

/** What Postgres takes for no text: NUL, and halves of a character. */
const unstorable = /\\u(?:0000|d[89a-f])/

function keepable(given: { inputs: JsonObject; labels: ReturnType<typeof toLabels> }): GivenByTrigger {
  const text = JSON.stringify(given)
  if (unstorable.test(text)) {
    return { failure: 'Its inputs or labels hold characters that can not be kept (NUL, or half of a surrogate pair)' }
  }
  const bytes = Buffer.byteLength(text)
  if (bytes <= maxGivenLength) return given
  return {
    failure: `Its inputs have ${bytes} bytes, and ${maxGivenLength} are the most. Read trigger.body in the tasks instead: it may be larger`,
  }
}

/** Above this a body lies in a file; what stands for it travels. */
const maxInlineLength = 256 * 1024

/** The variables of the trigger as they are kept: a body that is large or that a row can't hold becomes a file. */
async function travelling({ tenantId }: TenantScope, { ref, start }: AskedStart): Promise<JsonObject> {
  const { body = '' } = start.variables
  const text = JSON.stringify(body)
  // What reads like something stored is what somebody sent: as a file it is only data.
  if (text.length <= maxInlineLength && !unstorable.test(text) && !holdsStored(body)) return start.variables
  const path = `${executionFolder({ ...ref, executionId: start.executionId })}/trigger/outputs.json`
  await storage().put(tenantId, path, text)
  return { ...start.variables, body: toStored(toStorageUri(path)) }
}
