import { z } from 'zod'
import { text } from '#language/fields'

/** The name of a KV entry. */
export const kvKey = text()
  .pipe(
    z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'a key has letters, digits, dots, dashes and underscores only'),
  )
  .meta({ description: 'The key of the entry.' })
