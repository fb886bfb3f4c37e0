import { oneOf, text } from '#language/fields'

export const serdeTypes = ['STRING', 'JSON'] as const
export type SerdeType = (typeof serdeTypes)[number]

export const urlProperty = {
  url: text().meta({ description: '`redis://user:password@host:6379/0`, or `rediss://` for TLS.' }),
}

export const serdeProperty = {
  serdeType: oneOf(serdeTypes).default('STRING').meta({ description: 'What a value is in Redis: text, or JSON.' }),
}

/** What all that takes elements from a list is told. */
export const listProperties = {
  ...urlProperty,
  key: text().meta({ description: 'The list; its elements are taken from the head.' }),
  ...serdeProperty,
}
