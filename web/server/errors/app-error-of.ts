import { PlanLimitReached } from '#db/usage/plan-limit'
import { AppError } from './app-error'

/** A refusal of ours, whoever threw it; undefined for anything else. */
export function appErrorOf(error: unknown): AppError | undefined {
  if (error instanceof PlanLimitReached) return new AppError('LIMIT_REACHED', error.message)
  return error instanceof AppError ? error : undefined
}
