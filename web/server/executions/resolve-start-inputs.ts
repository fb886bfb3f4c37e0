import type { Flow } from '#language/flow'
import { resolveInputs } from '#language/inputs'
import type { JsonObject } from '#language/json'
import { AppError } from '../errors/app-error'

/** The inputs as the execution will have them; all that is wrong with what was sent is told at once. */
export function resolveStartInputs(inputs: Flow['inputs'], given: JsonObject): JsonObject {
  const { values, problems } = resolveInputs(inputs, given)
  if (problems.length === 0) return values
  throw new AppError('INVALID', 'Invalid inputs', problems)
}
