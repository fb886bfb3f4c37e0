import { createHash } from 'node:crypto'
import { type RunContext, TaskError } from '#language/define-plugin'
import { isJsonObject, type JsonObject } from '#language/json'

export type StateRef = { name: string; namespace: boolean; taskrunValue: boolean }

/** States lie among the KV entries of the flow's namespace, under a key of their own kind. */
export async function stateKey(ctx: RunContext, { name, namespace, taskrunValue }: StateRef): Promise<string> {
  const value = taskrunValue ? await ctx.render('{{ taskrun.value ?? null }}') : null
  const owner = namespace ? ['namespace'] : ['flow', ctx.flowId]
  const ofValue = value === null || value === '' ? 'all' : digest(String(value))
  // The last two parts have no dots, so that no id of a flow makes one state of two.
  return ['state', ...owner, isKeyPart(name) ? name : digest(name), ofValue].join('.')
}

/** What is kept; a failure or null where there is nothing. */
export async function readState(ctx: RunContext, key: string, errorOnMissing: boolean): Promise<JsonObject | null> {
  const found = await ctx.kv.get(key, ctx.namespace)
  if (found === null && errorOnMissing) throw missingState(key)
  return isJsonObject(found?.value) ? found.value : null
}

export function missingState(key: string): TaskError {
  return new TaskError(`There is no state ${key}`)
}

function isKeyPart(name: string): boolean {
  return /^[a-zA-Z0-9_-]{1,100}$/.test(name)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
