import { SecretError } from '#db/secrets/read-secret'
import { renderDeep } from '#language/expressions/index'
import { ExpressionError, type Scope } from '#language/expressions/types'
import { withAnswers } from '#language/expressions/with-answers'
import type { Json, JsonObject } from '#language/json'
import { readServerVariables } from '#worker/starts'
import type { TenantScope } from '../access/tenant-scope'
import { webEnv } from '../env'
import { answerSecret, holdsSecret } from '../secrets/answer-secret'

/** Why what a trigger says comes to nothing; the message is the flow's author's. */
export class TriggerProblem extends Error {}

export type TriggerRender = {
  /** All that is secret of what was rendered so far. */
  secrets: readonly string[]
  /** Rejects with a TriggerProblem. */
  render(value: Json, options?: { typed?: boolean }): Promise<Json>
}

/** Renders what a trigger says here in the web app, where of the world only secrets are known. */
export function createTriggerRender(scope: TenantScope, namespace: string, variables: JsonObject): TriggerRender {
  const secrets: string[] = []
  const known: Scope = { ...serverVariables(), ...variables }
  return {
    secrets,
    async render(value, options = {}) {
      const nowMs = Date.now()
      try {
        return await withAnswers(
          call => renderDeep(value, known, { nowMs, random: Math.random, call }, options),
          async (name, args) => {
            if (name !== 'secret') throw new TriggerProblem(`${name}() can't be used in a webhook; use it in a task`)
            return answerSecret(scope, namespace, args, secrets)
          },
        )
      } catch (error) {
        throw asProblem(error, secrets)
      }
    },
  }
}

/** What expressions see of this server. */
export function serverVariables(): JsonObject {
  return readServerVariables(process.env, webEnv().MILLRACE_URL)
}

function asProblem(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof SecretError || error instanceof ExpressionError)) return error
  const told = holdsSecret(error.message, secrets) ? "An expression can't be evaluated" : error.message
  return new TriggerProblem(told)
}
