import type { Json, JsonObject } from '../../json'
import { isJsonObject } from '../../json'
import type { CallContext, ExpressionFunction } from '../callable'
import { Complaint } from '../errors'
import { booleanArgument, textArgument } from '../filters/arguments'
import type { Scope } from '../types'
import { entriesOf, ownValue, setKey } from '../values'
import { weigh } from '../weigh'

const mostPasses = 100

const context: Omit<ExpressionFunction, 'example'> = {
  description: 'All variables, for debugging. Secrets are not among them.',
  call: (_args, { scope, budget }) => {
    const visible = plain(scope)
    weigh(visible, budget)
    return visible
  },
}

export const contextFunctions = {
  currentEachOutput: {
    parameters: ['outputs'],
    reads: ['parents', 'taskrun'],
    description: 'The output of a sibling task in the same round of a loop.',
    example: '{{ currentEachOutput(outputs.first).value }}',
    call: (args, { scope }) => currentEachOutput(args.get('outputs') ?? null, scope),
  },
  env: {
    parameters: ['name', 'default?'],
    reads: ['envs'],
    description:
      'A variable of the server’s environment that flows may read; another value where it is missing or empty.',
    example: '{{ env("region", "eu") }} -> eu',
    call: (args, { scope }) => {
      const value = at(ownValue(scope, 'envs') ?? null, textArgument(args, 'name'))
      return value === null || value === '' ? (args.get('default') ?? null) : value
    },
  },
  fetchContext: { ...context, example: '{{ fetchContext() }}' },
  printContext: { ...context, example: '{{ printContext() }}' },
  loopOutputs: {
    parameters: ['outputs', 'name'],
    description: 'One output of every round of a Loop.',
    example: '{{ loopOutputs(outputs.my_loop.outputs, "value") }}',
    call: args => {
      const rounds = args.get('outputs') ?? null
      if (!Array.isArray(rounds)) throw new Complaint("The 'loopOutputs' function expects 'outputs' to be a list.")
      const name = textArgument(args, 'name')
      return rounds.map(round => at(at(round, 'outputs'), name))
    },
  },
  render: {
    parameters: ['toRender', 'recursive?'],
    description: 'Renders the templates in a value, and again what comes out, until nothing changes.',
    example: '{{ render("{{ 1 + 1 }}") }} -> 2',
    call: (args, callContext) =>
      rendered(args.get('toRender') ?? null, booleanArgument(args, 'recursive', true), callContext),
  },
  renderOnce: {
    parameters: ['toRender'],
    description: 'Renders the templates in a value once.',
    example: '{{ renderOnce("{{ 1 + 1 }}") }} -> 2',
    call: (args, callContext) => rendered(args.get('toRender') ?? null, false, callContext),
  },
  tasksWithState: {
    parameters: ['state'],
    reads: ['tasks'],
    description: 'The tasks in a state, as `{state, value, taskId}`.',
    example: '{{ tasksWithState("FAILED") }}',
    call: (args, { scope }) =>
      tasksWithState(textArgument(args, 'state').toUpperCase(), ownValue(scope, 'tasks') ?? null),
  },
} satisfies Record<string, ExpressionFunction>

function plain(scope: Scope): JsonObject {
  const visible: JsonObject = {}
  for (const key of Object.keys(scope)) {
    const value = ownValue(scope, key)
    if (value !== undefined) setKey(visible, key, value)
  }
  return visible
}

function rendered(value: Json, isRecursive: boolean, callContext: CallContext): Json {
  if (Array.isArray(value)) return value.map(item => rendered(item, isRecursive, callContext))
  if (isJsonObject(value)) {
    const map: JsonObject = {}
    for (const [key, item] of entriesOf(value)) {
      setKey(map, String(rendered(key, isRecursive, callContext) ?? ''), rendered(item, isRecursive, callContext))
    }
    return map
  }
  if (typeof value !== 'string') return value
  let text: Json = value
  for (let pass = 0; typeof text === 'string'; pass += 1) {
    if (pass > mostPasses) throw new Complaint('Too many rendering attempts')
    const next = callContext.render(text)
    if (!isRecursive || next === text) return next
    text = next
  }
  return text
}

function currentEachOutput(outputs: Json, scope: Scope): Json {
  if (!isJsonObject(outputs))
    throw new Complaint("The 'currentEachOutput' function expects an argument 'outputs' with type map.")
  const parents = ownValue(scope, 'parents')
  let found: Json = outputs
  for (const parent of Array.isArray(parents) ? parents.toReversed() : []) {
    const value = at(at(parent, 'taskrun'), 'value')
    if (value === null) continue
    found = at(found, String(value))
    if (found === null) throw new Complaint('No execution outputs for the current task runs path')
  }
  return at(found, String(at(ownValue(scope, 'taskrun') ?? null, 'value')))
}

function at(value: Json, key: string): Json {
  return isJsonObject(value) ? (ownValue(value, key) ?? null) : null
}

/** The keys stand in Kestra's order, which shows where the list is printed. */
function tasksWithState(state: string, tasks: Json): Json[] {
  if (!isJsonObject(tasks)) return []
  return entriesOf(tasks).flatMap(([taskId, details]) => {
    if (!isJsonObject(details)) return []
    return entriesOf(details).flatMap(([key, value]): Json[] => {
      const own = key === 'state' && typeof value === 'string' ? value : at(value, 'state')
      if (typeof own !== 'string' || own.toUpperCase() !== state) return []
      return key === 'state' && typeof value === 'string' ? [{ state, taskId }] : [{ state, value: key, taskId }]
    })
  })
}
