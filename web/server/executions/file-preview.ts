import { z } from 'zod'
import { AnyJson } from '../schemas'

/** The beginning of a file: rows of a table where it has some, else text, else nothing but its size. */
export const FilePreview = z.object({
  path: z.string(),
  name: z.string(),
  extension: z.string(),
  size: z.number(),
  type: z.enum(['LIST', 'TEXT', 'IMAGE', 'BINARY']),
  /** LIST: columns in the order first met. */
  columns: z.array(z.string()).optional(),
  /** LIST: the rows. TEXT: the text. IMAGE: base64. */
  content: AnyJson.optional(),
  truncated: z.boolean(),
})
export type FilePreview = z.infer<typeof FilePreview>
