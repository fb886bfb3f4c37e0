/**
 * The last two parts of a type's name, which tell it from others.
 * @example shortType('io.kestra.plugin.core.trigger.Schedule') // 'trigger.Schedule'
 */
export function shortType(type: string): string {
  return type.split('.').slice(-2).join('.')
}
