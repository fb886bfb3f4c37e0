import { createHash } from 'node:crypto'
import { type RunContext, TaskError } from '#language/define-plugin'
import { slugify } from '#language/expressions/filters/strings'
import { isJsonObject, type JsonObject } from '#language/json'

export type StateRef = { name: string; namespace: boolean; taskrunValue: boolean }

/** States lie among the KV entries of the flow's namespace, named as Kestra names them, so that `kv()` finds them there. */
export async function stateKey(ctx: RunContext, { name, namespace, taskrunValue }: StateRef): Promise<string> {
  const value = taskrunValue ? await ctx.render('{{ taskrun.value ?? null }}') : null
  const owner = namespace ? [] : [slugify(ctx.flowId)]
  const ofValue = value === null || value === '' ? [] : [digest(String(value))]
  return [...owner, 'states', 'tasks-states', isKeyPart(name) ? name : digest(name), ...ofValue].join('_')
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
