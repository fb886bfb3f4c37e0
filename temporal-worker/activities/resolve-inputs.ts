import { z } from 'zod'
import type { ExecutionRef } from '#db/record-execution'
import type { FlowPlace } from '#db/secrets/sealed-values'
import { renderDeep } from '#language/expressions/index'
import { type CallArguments, ExpressionError } from '#language/expressions/types'
import { withAnswers } from '#language/expressions/with-answers'
import {
  hasSecretInput,
  type Input,
  Inputs,
  type ResolvedInputs,
  resolveInputs as resolve,
  sealInputs,
  secretTexts,
} from '#language/inputs'
import type { Json, JsonObject } from '#language/json'
import { mapSealed, unsealCall } from '#language/sealed'
import type { ActivityDependencies } from './dependencies'
import { createMasker, type Masker } from './masking/masker'
import { explain } from './perform-task'
import { createTaskSecrets, type TaskSecrets } from './task-secrets'

export type ResolveInputsInput = {
  execution: ExecutionRef
  /** Definitions of inputs, as written. */
  definitions: Json
  given: JsonObject
  scope: JsonObject
}
export type ResolveInputsResult = { inputs: JsonObject } | { failure: string }

export function createResolveInputs(deps: ActivityDependencies) {
  /** Checks what was given for inputs that a running execution asks for (a Pause's). */
  return async function resolveInputs(input: ResolveInputsInput): Promise<ResolveInputsResult> {
    const definitions = Inputs.safeParse(input.definitions)
    if (!definitions.success) return { failure: z.prettifyError(definitions.error) }
    const { execution, given, scope } = input
    return resolveGiven(deps, { definitions: definitions.data, given, scope, place: execution, sealedFor: execution })
  }
}

export type GivenInputs = {
  definitions: readonly Input[]
  given: JsonObject
  scope: JsonObject
  /** The flow whose inputs they are. */
  place: FlowPlace
  /** The flow that sealed what is sealed among them. */
  sealedFor: FlowPlace
  /** Knows the secrets that the given values were rendered with. */
  masker?: Masker
  /** As `ResolveOptions` has it. */
  mayMiss?: boolean
}

/** Parses and checks given inputs, and seals what is secret; defaults see `scope` and the inputs before them. */
export async function resolveGiven(deps: ActivityDependencies, inputs: GivenInputs): Promise<ResolveInputsResult> {
  const { masker = createMasker() } = inputs
  const secretsOf = (place: FlowPlace) => createTaskSecrets({ ...deps, place, masker })
  const secrets = secretsOf(inputs.place)
  try {
    const giver = secretsOf(inputs.sealedFor)
    const given = (await mapSealed(inputs.given, ({ value }) => giver.unseal(value))) as JsonObject
    const resolved = await resolveWithSecrets(deps, { ...inputs, given }, secrets)
    if (resolved.problems.length > 0) return { failure: masker.text(resolved.problems.map(toLine).join('; ')) }
    return { inputs: await withoutSecrets(inputs.definitions, resolved.values, masker, secrets) }
  } catch (error) {
    return { failure: masker.text(explain(error)) }
  }
}

function toLine({ input, message }: { input: string; message: string }): string {
  return `${input}: ${message}`
}

async function withoutSecrets(
  definitions: readonly Input[],
  values: JsonObject,
  masker: Masker,
  { seal }: TaskSecrets,
): Promise<JsonObject> {
  if (masker.isEmpty && !hasSecretInput(definitions)) return values
  for (const text of secretTexts(definitions, values)) masker.add(text)
  return sealInputs(definitions, values, { seal, holdsSecret: masker.holdsSecret })
}

/** A default may call `secret()`, whose answer must be waited for. */
function resolveWithSecrets(
  deps: ActivityDependencies,
  { definitions, given, scope, mayMiss = false }: GivenInputs,
  secrets: TaskSecrets,
): Promise<ResolvedInputs> {
  const nowMs = Date.now()
  return withAnswers(
    call =>
      resolve(definitions, given, {
        mayMiss,
        render: (template, { inputs }) => {
          const env = { nowMs, random: Math.random, call }
          return orReason(() =>
            renderDeep(template, { ...deps.serverVariables, ...scope, inputs }, env, { typed: true }),
          )
        },
      }),
    (name, args) => answer(name, args, secrets),
  )
}

async function answer(callName: string, args: CallArguments, secrets: TaskSecrets): Promise<Json> {
  const text = (position: number, name: string) => {
    const value = args.named[name] ?? args.positional[position]
    return value === undefined || value === null ? undefined : String(value)
  }
  if (callName === unsealCall) return secrets.unseal(text(0, 'value') ?? '')
  if (callName !== 'secret') throw new Error(`${callName}() can't be used in the default of an input`)
  return secrets.get({ key: text(0, 'key') ?? '', namespace: text(1, 'namespace'), subkey: text(2, 'subkey') })
}

function orReason(render: () => Json): Json {
  try {
    return render()
  } catch (error) {
    if (error instanceof ExpressionError) throw new Error(error.message)
    throw error
  }
}
