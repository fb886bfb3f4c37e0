import { z } from 'zod'
import { ListedBlueprint } from './blueprint'
import { basics } from './listed/basics'
import { code } from './listed/code'
import { data } from './listed/data'
import { events } from './listed/events'
import { texts } from './texts'

export type Blueprint = z.output<typeof ListedBlueprint> & { source: string }

/** The ready flows of the gallery, in its order, with their texts. */
export const blueprints: readonly Blueprint[] = z
  .array(ListedBlueprint)
  .parse([...basics, ...data, ...events, ...code])
  .map(listed => ({ ...listed, source: texts[listed.slug] ?? '' }))
