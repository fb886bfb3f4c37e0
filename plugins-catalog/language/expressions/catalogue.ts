import type { Callable } from './callable'
import { filters } from './filters'
import { functions } from './functions'
import { tests } from './tests'

export type CatalogueEntry = { name: string; signature: string; description: string; example: string }
export type Catalogue = { functions: CatalogueEntry[]; filters: CatalogueEntry[]; tests: CatalogueEntry[] }

/** All that an expression may call, by name, for completion in the editor and for the docs. */
export function catalogue(): Catalogue {
  return { functions: entries(functions, true), filters: entries(filters, false), tests: entries(tests, false) }
}

function entries(callables: ReadonlyMap<string, Callable>, isFunction: boolean): CatalogueEntry[] {
  return [...callables]
    .map(([name, { parameters = [], description, example }]) => {
      const hasParentheses = isFunction || parameters.length > 0
      return { name, signature: hasParentheses ? `${name}(${parameters.join(', ')})` : name, description, example }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
