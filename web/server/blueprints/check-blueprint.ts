import { argumentsIn, fillTemplate } from '#catalog/blueprints/fill-template'
import { renderDeep } from '#language/expressions/index'
import { type Input, Inputs, resolveInputs } from '#language/inputs'
import type { JsonObject } from '#language/json'
import { AppError } from '../errors/app-error'
import { checkSource, invalidFlow } from '../flows/check-source'
import type { BlueprintText } from './blueprint'

type Template = Pick<BlueprintText, 'source' | 'templateArguments'>

/** Types that can be asked for and written into a text. */
const askedTypes = new Set(['STRING', 'INT', 'FLOAT', 'BOOL', 'SELECT', 'MULTISELECT', 'ARRAY', 'DATE', 'EMAIL', 'URI'])

/** The arguments of a template, understood; refuses those that are none, that are not declared, or that can't be asked for. */
export function readArguments({ source, templateArguments }: Template): Input[] {
  const parsed = Inputs.safeParse(templateArguments)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw wrong(`templateArguments.${issue?.path.join('.')}: ${issue?.message}`)
  }
  const odd = parsed.data.find(({ type }) => !askedTypes.has(type))
  if (odd !== undefined) throw wrong(`The argument ${odd.id} can not be of the type ${odd.type}: take STRING or SELECT`)
  const declared = new Set(parsed.data.map(({ id }) => id))
  const missing = argumentsIn(source).find(name => !declared.has(name))
  if (missing !== undefined) {
    throw wrong(
      `The text asks for << arg.${missing} >>, and there is no argument ${missing}: declare it, or take it out`,
    )
  }
  return parsed.data
}

/** What is saved must fill in to a flow, as far as its arguments have values by themselves. */
export function checkBlueprint(template: Template): void {
  const inputs = readArguments(template)
  const isComplete = inputs.every(({ required, defaults }) => !required || defaults !== undefined)
  if (isComplete) requireFlow(fill(template.source, inputs, {}))
}

/** The flow's text, made with the values given; its problems are told when it is saved as a flow. */
export function fillBlueprint(template: Template, given: JsonObject): string {
  const inputs = readArguments(template)
  return inputs.length === 0 ? template.source : fill(template.source, inputs, given)
}

function fill(source: string, inputs: readonly Input[], given: JsonObject): string {
  const env = { nowMs: Date.now(), random: Math.random }
  const { values, problems } = resolveInputs(inputs, given, {
    render: (value, { inputs: arg }) => renderDeep(value, { arg, inputs: arg }, env, { typed: true }),
  })
  if (problems.length > 0) {
    const details = problems.map(({ input, message }) => ({
      message,
      path: `arguments.${input}`,
      code: 'INVALID_VALUE',
    }))
    throw new AppError('INVALID', problems[0]!.message, details)
  }
  try {
    return fillTemplate(source, values)
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function requireFlow(source: string): void {
  const { flow, diagnostics } = checkSource(source)
  if (flow === null || diagnostics.some(({ severity }) => severity === 'error')) throw invalidFlow(diagnostics)
}

function wrong(message: string): AppError {
  return new AppError('INVALID', message, [{ message, path: 'source', code: 'INVALID_VALUE' }])
}
