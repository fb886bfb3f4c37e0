import picomatch from 'picomatch'
import { TaskError } from '#language/define-plugin'
import { bool, list, text } from '#language/fields'

/** Which namespaces a purge is about; all of the tenant if nothing is said. */
export const namespaceProperties = {
  namespaces: list(text()).optional().meta({ description: 'Names of namespaces.' }),
  namespacePattern: text().optional().meta({ description: 'A glob of names, instead of `namespaces`.' }),
  includeChildNamespaces: bool().default(true).meta({ description: 'Those below `namespaces`, too.' }),
}

export type NamespaceChoice = { namespaces?: string[]; namespacePattern?: string; includeChildNamespaces: boolean }

/** Whether a namespace was chosen. */
export function namespaceMatcher(choice: NamespaceChoice): (namespace: string) => boolean {
  const { namespaces, namespacePattern, includeChildNamespaces } = choice
  if (namespaces !== undefined && namespacePattern !== undefined)
    throw new TaskError('Only one of namespaces and namespacePattern can be set')
  if (namespacePattern !== undefined) return picomatch(namespacePattern)
  if (namespaces === undefined) return () => true
  return namespace =>
    namespaces.some(name => name === namespace || (includeChildNamespaces && namespace.startsWith(`${name}.`)))
}
