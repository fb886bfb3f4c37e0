import type { ExpressionFunction } from '../callable'
import { contextFunctions } from './context'
import { dataFunctions } from './data'
import { dateFunctions } from './dates'
import { randomFunctions } from './random'
import { worldFunctions } from './world'

/** Every function by name. `block` is not among them: the evaluator knows the template's blocks. */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>(
  Object.entries({ ...contextFunctions, ...dataFunctions, ...dateFunctions, ...randomFunctions, ...worldFunctions }),
)
