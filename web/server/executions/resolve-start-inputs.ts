import { renderDeep } from '#language/expressions/index'
import type { Flow } from '#language/flow'
import { resolveInputs } from '#language/inputs'
import type { JsonObject } from '#language/json'
import { AppError } from '../errors/app-error'

/** The inputs as the execution will have them; all that is wrong with what was sent is told at once. */
export function resolveStartInputs(flow: Flow, given: JsonObject): JsonObject {
  refuseSecrets(flow)
  const { namespace, id, variables: vars } = flow
  const { values, problems } = resolveInputs(flow.inputs, given, {
    render: (template, { inputs }) =>
      renderDeep(template, { inputs, vars, flow: { id, namespace } }, environment, { typed: true }),
  })
  if (problems.length === 0) return values
  const details = problems.map(({ input, message }) => ({ message, path: `inputs.${input}`, code: 'INVALID_INPUT' }))
  throw new AppError('INVALID', `Invalid inputs: ${problems.map(({ message }) => message).join('; ')}`, details)
}

const environment = {
  get nowMs() {
    return Date.now()
  },
  random: Math.random,
}

/** Their values would stand readable in the database and in Temporal's history: rather not run than leak them. */
function refuseSecrets({ inputs }: Flow): void {
  const details = inputs
    .filter(({ type }) => type === 'SECRET')
    .map(({ id }) => ({
      message: `the input ${id} is a SECRET, which can't be kept safe yet`,
      path: `inputs.${id}`,
      code: 'SECRET_INPUT',
    }))
  if (details.length > 0) throw new AppError('INVALID', 'Inputs of type SECRET are not supported yet', details)
}
