import type { Json } from '../json'
import type { Rendered } from '../plan'
import { templateFacts } from './template-facts'

/** A value for the plan, marked where only an activity can render it. */
export function rendered(raw: Json): Rendered {
  return templateFacts(raw).impure ? { raw, impure: true } : { raw }
}

/** Whether a literal switch is on. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true')
}
