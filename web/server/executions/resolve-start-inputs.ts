import { SecretError } from '#db/secrets/read-secret'
import { renderDeep } from '#language/expressions/index'
import { type AskWorld, withAnswers } from '#language/expressions/with-answers'
import type { Flow } from '#language/flow'
import { hasSecretInput, type ResolvedInputs, resolveInputs, sealInputs, secretTexts } from '#language/inputs'
import type { Json, JsonObject } from '#language/json'
import { toSealed } from '#language/sealed'
import type { TenantScope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { answerSecret, holdsSecret } from '../secrets/answer-secret'
import { secretServices } from '../secrets/secret-services'

export type StartInputs = {
  /** As they are kept and travel: what is secret is sealed. */
  inputs: JsonObject
  /** As the flow reads them; for this request alone. */
  readable: JsonObject
}

/**
 * The inputs as the execution will have them; all that is wrong with what was sent is told at once. `secrets` are those
 * that the given values were made with.
 */
export async function resolveStartInputs(
  scope: TenantScope,
  flow: Flow,
  given: JsonObject,
  secrets: readonly string[] = [],
): Promise<StartInputs> {
  const answered = [...secrets]
  const { values, problems } = await resolveWithSecrets(scope, flow, given, answered)
  const hidden = [...secretTexts(flow.inputs, values), ...answered]
  if (problems.length > 0) throw refusal(problems, hidden)
  if (hidden.length === 0 && !hasSecretInput(flow.inputs)) return { inputs: values, readable: values }
  const place = { tenantId: scope.tenantId, namespace: flow.namespace, flowId: flow.id }
  const { sealedValues } = secretServices()
  const inputs = await sealInputs(flow.inputs, values, {
    seal: async text => toSealed(await sealedValues.seal(place, text)),
    holdsSecret: text => holdsSecret(text, hidden),
  })
  return { inputs, readable: values }
}

/** A default may call `secret()`, whose answer must be waited for; `texts` takes all that is secret of it. */
function resolveWithSecrets(
  scope: TenantScope,
  flow: Flow,
  given: JsonObject,
  texts: string[],
): Promise<ResolvedInputs> {
  return withAnswers(
    call => resolveInputs(flow.inputs, given, { render: rendererOf(flow, call) }),
    (_name, args) => answerSecret(scope, flow.namespace, args, texts).catch(asRefusal),
  )
}

function rendererOf({ namespace, id, variables: vars }: Flow, callSecret: AskWorld) {
  const call: AskWorld = (name, args) => {
    if (name === 'secret') return callSecret(name, args)
    throw new Error(`${name}() can't be used in the default of an input`)
  }
  const env = { nowMs: Date.now(), random: Math.random, call }
  return (template: Json, { inputs }: { inputs: JsonObject }): Json =>
    renderDeep(template, { inputs, vars, flow: { id, namespace } }, env, { typed: true })
}

function asRefusal(error: unknown): never {
  if (!(error instanceof SecretError)) throw error
  const { message } = error
  throw new AppError('INVALID', `Invalid inputs: ${message}`, [{ message, code: 'INVALID_INPUT' }])
}

function refusal(problems: ResolvedInputs['problems'], secrets: readonly string[]): AppError {
  const details = problems.map(({ input, message }) => ({
    message: holdsSecret(message, secrets) ? 'the value is not valid' : message,
    path: `inputs.${input}`,
    code: 'INVALID_INPUT',
  }))
  return new AppError('INVALID', `Invalid inputs: ${details.map(({ message }) => message).join('; ')}`, details)
}
