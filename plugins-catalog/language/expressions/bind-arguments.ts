import type { Json } from '../json'
import type { Bound, Callable } from './callable'
import { Complaint } from './errors'
import type { CallArguments } from './types'

/** Matches positional and named arguments to the declared parameters. */
export function bindArguments(name: string, callable: Callable, args: CallArguments): Bound {
  const parameters = (callable.parameters ?? []).map(readParameter)
  const variadic = parameters.at(-1)?.variadic === true
  if (!variadic && args.positional.length > parameters.length) {
    throw new Complaint(`\`${name}\` takes ${parameters.length} arguments, got ${args.positional.length}`)
  }
  const values = new Map<string, Json>()
  for (const [index, value] of args.positional.entries()) {
    const parameter = parameters[index]
    if (parameter && !parameter.variadic) values.set(parameter.name, value)
  }
  for (const [key, value] of Object.entries(args.named)) {
    if (!parameters.some(parameter => parameter.name === key)) {
      throw new Complaint(`\`${name}\` has no argument named \`${key}\`${hint(parameters)}`)
    }
    values.set(key, value)
  }
  for (const parameter of parameters) {
    if (parameter.required && !values.has(parameter.name)) {
      throw new Complaint(`\`${name}\` needs the argument \`${parameter.name}\``)
    }
  }
  return { get: key => values.get(key), all: args.positional }
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
