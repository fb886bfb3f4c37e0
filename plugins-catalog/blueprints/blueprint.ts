import { z } from 'zod'

/** What the gallery sorts by. */
export const blueprintTags = [
  'Getting started',
  'ETL',
  'ELT',
  'Machine learning',
  'Files',
  'Database',
  'API',
  'Cloud',
  'Scripts',
  'Schedule',
  'Webhook',
  'Event-driven',
  'Backfill',
  'State',
  'Loops',
  'Branching',
  'Parallel',
  'Subflows',
  'Inputs',
  'Approval',
  'Alerting',
  'Error handling',
  'Data quality',
  'Reporting',
  'Operations',
] as const

/** What the list says of a flow of this folder. What the flow needs is found in the flow itself (`needs.ts`). */
export const ListedBlueprint = z.strictObject({
  /** Name of its file, without the ending. */
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(1).max(60),
  /** One paragraph of Markdown: what it does, how it works, what to change. */
  description: z.string().min(80).max(700),
  tags: z.array(z.enum(blueprintTags)).min(1).max(4),
  /** Runs green with nothing but the installation: no network, no secret, no container. A test runs each. */
  runsAnywhere: z.boolean().default(false),
})
export type ListedBlueprint = z.input<typeof ListedBlueprint>
