import type { Json } from '../json'
import type { Bound, Callable } from './callable'
import { Complaint } from './errors'
import type { CallArguments } from './types'

/** Matches positional and named arguments to the declared parameters. */
export function bindArguments(name: string, callable: Callable, args: CallArguments): Bound {
  const problem = argumentProblem(name, callable, args.positional.length, Object.keys(args.named))
  if (problem !== null) throw new Complaint(problem)
  const values = new Map<string, Json>()
  const parameters = (callable.parameters ?? []).map(readParameter)
  for (const [index, value] of args.positional.entries()) {
    const parameter = parameters[index]
    if (parameter && !parameter.variadic) values.set(parameter.name, value)
  }
  for (const [key, value] of Object.entries(args.named)) values.set(key, value)
  return { get: key => values.get(key), all: args.positional }
}

/** What is wrong with the arguments of a call, whatever their values; null where nothing is. */
export function argumentProblem(
  name: string,
  callable: Callable,
  positional: number,
  named: readonly string[],
): string | null {
  const parameters = (callable.parameters ?? []).map(readParameter)
  const isVariadic = parameters.at(-1)?.variadic === true
  if (!isVariadic && positional > parameters.length) {
    return `\`${name}\` takes ${parameters.length} arguments, got ${positional}`
  }
  const unknown = named.find(key => !parameters.some(parameter => parameter.name === key))
  if (unknown !== undefined) return `\`${name}\` has no argument named \`${unknown}\`${hint(parameters)}`
  const missing = parameters.find(
    (parameter, index) => parameter.required && index >= positional && !named.includes(parameter.name),
  )
  return missing === undefined ? null : `\`${name}\` needs the argument \`${missing.name}\``
}

type Parameter = { name: string; required: boolean; variadic: boolean }

function readParameter(declared: string): Parameter {
  const variadic = declared.startsWith('...')
  const optional = declared.endsWith('?')
  const name = declared.replace(/^\.\.\./, '').replace(/\?$/, '')
  return { name, required: !variadic && !optional, variadic }
}

function hint(parameters: Parameter[]): string {
  return parameters.length === 0 ? '' : `; it takes ${parameters.map(({ name }) => `\`${name}\``).join(', ')}`
}
