import { renderString } from '#language/expressions/index'
import type { JsonObject } from '#language/json'

/** `<< arg.name >>`, also with filters: `<< arg.name | upper >>`. Other `<<`, as of a shell, are left as they are. */
const place = /<<\s*(arg\.(?:(?!>>)[^\n])+?)\s*>>/g

/** Names of the arguments that a template asks for, in order. */
export function argumentsIn(template: string): string[] {
  const names = [...template.matchAll(place)].flatMap(([, expression]) =>
    [...(expression ?? '').matchAll(/\barg\.([a-zA-Z0-9_]+)/g)].map(match => match[1] ?? ''),
  )
  return [...new Set(names)]
}

/**
 * A flow's text, made of a template and the values of its arguments. All that is not `<< arg... >>` stays byte for byte, so
 * that the flow's own `{{ }}` are left to the flow. Throws an error that names what can't be filled in.
 * @example fillTemplate('id: load_<< arg.table >>', { table: 'orders' }) // 'id: load_orders'
 */
export function fillTemplate(template: string, values: JsonObject): string {
  return template.replace(place, (_, expression: string) => {
    return renderString(`{{ ${expression} }}`, { arg: values }, { nowMs: 0, random: refuse, call: refuse }) ?? ''
  })
}

function refuse(): never {
  throw new Error('a template is filled with its arguments alone')
}
