import type { Json, JsonObject } from '../json'
import { isSealed, unsealCall } from '../sealed'
import type { Arguments, Attribute, Binary, Call, Expression, ExpressionKind, FilterCall, TestCall, Unary } from './ast'
import { bindArguments } from './bind-arguments'
import type { CallContext } from './callable'
import { Complaint, UndefinedVariable } from './errors'
import { filters } from './filters'
import { functions } from './functions'
import { isFloat } from './is-float'
import { operators, type StrictOperator } from './operators'
import { placed, type Run, variable, visibleScope } from './run'
import { tests } from './tests'
import { type CallArguments, PendingCall } from './types'
import { javaText, ownValue, setKey, typeName } from './values'
import { weigh } from './weigh'

type Evaluators = { [Kind in ExpressionKind]: (run: Run, node: Extract<Expression, { kind: Kind }>) => Json }

const evaluators: Evaluators = {
  literal: (_run, node) => node.value,
  name: (run, node) => {
    const value = variable(run, node.name)
    if (value === undefined) throw new UndefinedVariable(node.name, run.template.source, node.at.line)
    return unsealed(run, value)
  },
  array: (run, node) => node.items.map(item => evaluate(run, item)),
  map: (run, node) => {
    const map: JsonObject = {}
    for (const entry of node.entries)
      setKey(map, javaText(evaluate(run, entry.key), run.budget), evaluate(run, entry.value))
    return map
  },
  interpolation: (run, node) => {
    const texts = node.parts.map(part => {
      const value = evaluate(run, part)
      return value === null ? '' : javaText(value, run.budget)
    })
    run.budget.text(texts.reduce((length, text) => length + text.length, 0))
    return texts.join('')
  },
  attribute: evaluateAttribute,
  call: evaluateCall,
  filter: evaluateFilter,
  test: evaluateTest,
  unary: evaluateUnary,
  binary: evaluateBinary,
  conditional: (run, node) => {
    const test = evaluate(run, node.test)
    return evaluate(run, test !== null && toBoolean(test) ? node.then : node.otherwise)
  },
}

/** The value of an expression. Throws `ExpressionError` with the place, or `PendingCall`. */
export function evaluate(run: Run, node: Expression): Json {
  try {
    run.budget.enter()
    run.budget.spend(1)
    const evaluator = evaluators[node.kind] as (run: Run, node: Expression) => Json
    const value = evaluator(run, node)
    run.budget.leave()
    return value
  } catch (error) {
    throw placed(run, node.at, error)
  }
}

/** What Pebble accepts as a condition. */
export function toBoolean(value: Json): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  throw new Complaint(`A condition is true or false, a number or a text, not ${typeName(value)}`)
}

function evaluateAttribute(run: Run, node: Attribute): Json {
  const target = evaluate(run, node.target)
  const key = evaluate(run, node.key)
  const name = javaText(key, run.budget)
  const value = typeof target === 'object' && target !== null ? attributeOf(target, name) : undefined
  if (value !== undefined) return unsealed(run, value)
  // Kestra names the variable itself where that is null, and the attribute everywhere else.
  const missing = target === null && node.target.kind === 'name' ? node.target.name : name
  throw new UndefinedVariable(missing, run.template.source, node.at.line)
}

/** A sealed value is the text within it, where it can be opened; a map that holds one keeps it sealed. */
function unsealed(run: Run, value: Json): Json {
  return isSealed(value) ? ask(run, unsealCall, { positional: [value.value], named: {} }) : value
}

function attributeOf(target: Json[] | JsonObject, name: string): Json | undefined {
  if (!Array.isArray(target)) return ownValue(target, name)
  return /^\d+$/.test(name) ? ownValue(target, String(Number(name))) : undefined
}

function evaluateArguments(run: Run, args: Arguments): CallArguments {
  const named: { [name: string]: Json } = {}
  const positional = args.positional.map(argument => evaluate(run, argument))
  for (const { name, value } of args.named) setKey(named, name, evaluate(run, value))
  return { positional, named }
}

function evaluateCall(run: Run, node: Call): Json {
  const macro = run.template.macros.get(node.name)
  if (macro) return run.templates.callMacro(run, macro, evaluateArguments(run, node.args))
  if (node.name === 'block') return run.templates.renderBlock(run, evaluateArguments(run, node.args))
  const definition = functions.get(node.name)
  if (!definition) throw new Complaint(`Function or Macro [${node.name}] does not exist`)
  const args = evaluateArguments(run, node.args)
  const bound = bindArguments(node.name, definition, args)
  run.budget.spend(definition.cost ?? 1)
  return definition.impure ? ask(run, node.name, args) : definition.call(bound, contextOf(run))
}

function evaluateFilter(run: Run, node: FilterCall): Json {
  // `default` is the one filter whose input may be missing.
  const input = node.name === 'default' ? (attempt(run, node.target) ?? null) : evaluate(run, node.target)
  return applyFilter(run, node, input)
}

/** A filter of a `|` or of a `{% filter %}` tag on a value. */
export function applyFilter(run: Run, { name, args: nodes }: Pick<FilterCall, 'name' | 'args'>, input: Json): Json {
  const definition = filters.get(name)
  if (!definition) throw new Complaint(`Filter [${name}] does not exist`)
  const args = evaluateArguments(run, nodes)
  const bound = bindArguments(name, definition, args)
  run.budget.spend(definition.cost ?? 1)
  if (definition.impure) return ask(run, name, { positional: [input, ...args.positional], named: args.named })
  return definition.apply(input, bound, contextOf(run))
}

function evaluateTest(run: Run, node: TestCall): Json {
  const definition = tests.get(node.name)
  if (!definition) throw new Complaint(`Test [${node.name}] does not exist`)
  const input = node.name === 'defined' ? (attempt(run, node.target) ?? null) : evaluate(run, node.target)
  const bound = bindArguments(node.name, definition, evaluateArguments(run, node.args))
  return definition.apply(input, bound, contextOf(run)) !== node.negated
}

function evaluateUnary(run: Run, node: Unary): Json {
  const operand = evaluate(run, node.operand)
  if (node.operator === 'not') return !toBoolean(operand)
  if (typeof operand !== 'number') throw new Complaint(`\`${node.operator}\` needs a number, not ${typeName(operand)}`)
  return node.operator === '-' ? 0 - operand : operand
}

function evaluateBinary(run: Run, node: Binary): Json {
  const { operator } = node
  switch (operator) {
    case 'and':
      return toBoolean(evaluate(run, node.left)) && toBoolean(evaluate(run, node.right))
    case 'or':
      return toBoolean(evaluate(run, node.left)) || toBoolean(evaluate(run, node.right))
    case '??':
      return attempt(run, node.left) ?? evaluate(run, node.right)
    case '???': {
      const left = attempt(run, node.left)
      return left === undefined ? evaluate(run, node.right) : left
    }
    default:
      return strict(run, node, operator)
  }
}

function strict(run: Run, node: Binary, operator: StrictOperator): Json {
  const left = evaluate(run, node.left)
  const right = evaluate(run, node.right)
  return operators[operator]({ left, right, float: isFloat(node), budget: run.budget })
}

/** Making an error, with its stack, takes its time. */
const missingCost = 10

/** A value, or undefined where a variable or attribute is missing. Any other error stays one. */
function attempt(run: Run, node: Expression): Json | undefined {
  const depth = run.budget.depth
  try {
    return evaluate(run, node)
  } catch (error) {
    if (!(error instanceof UndefinedVariable)) throw error
    run.budget.returnTo(depth)
    run.budget.spend(missingCost)
    return undefined
  }
}

function ask(run: Run, name: string, args: CallArguments): Json {
  weigh(args.positional, run.budget)
  weigh(args.named, run.budget)
  if (!run.env.call) throw new PendingCall(name, args)
  try {
    return run.env.call(name, args)
  } catch (error) {
    if (error instanceof PendingCall || !(error instanceof Error)) throw error
    throw new Complaint(error.message)
  }
}

function contextOf(run: Run): CallContext {
  return {
    // Few calls look at the variables, and copying them all is dear.
    get scope() {
      return visibleScope(run)
    },
    env: run.env,
    budget: run.budget,
    render: template => run.templates.renderNested(run, template),
    ask: (name, args) => ask(run, name, args),
  }
}
