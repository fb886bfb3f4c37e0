import type { Filter } from '../callable'
import { collectionFilters } from './collections'
import { dateFilters } from './dates'
import { hashFilters } from './hashes'
import { numberFilters } from './numbers'
import { regexFilters } from './regexes'
import { serializationFilters } from './serialization'
import { stringFilters } from './strings'

/** Every filter by name. A Map, so that no name reaches an inherited property. */
export const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>(
  Object.entries({
    ...collectionFilters,
    ...dateFilters,
    ...hashFilters,
    ...numberFilters,
    ...regexFilters,
    ...serializationFilters,
    ...stringFilters,
  }),
)
