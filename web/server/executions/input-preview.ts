import { z } from 'zod'
import { anyJson } from '#language/fields'

/** How an input stands while the form of a flow is filled in. */
export const InputPreview = z.object({
  id: z.string(),
  isEnabled: z.boolean(),
  choices: z.array(z.union([z.string(), z.object({ label: z.string(), value: z.string() })])).optional(),
  fallback: anyJson(),
})
export type InputPreview = z.output<typeof InputPreview>
