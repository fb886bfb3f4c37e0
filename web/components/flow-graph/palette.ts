import type { Catalog } from '#language/catalog'
import type { PluginDefinition } from '#language/define-plugin'
import { graphText } from '#text/graph'

export type PaletteGroup = keyof typeof graphText.paletteGroups

/** What a palette offers. */
export type PaletteItem = {
  type: string
  kind: 'task' | 'trigger'
  /** The last part of the type, `Download`, and the one before it, `http`. */
  name: string
  family: string
  title: string
  /** The first paragraph, without marks of Markdown. */
  description: string
  group: PaletteGroup
}

/** All task and trigger types but those that something better has taken the place of. */
export function paletteItems(catalog: Catalog): PaletteItem[] {
  return catalog
    .all()
    .filter(isOffered)
    .map(({ type, kind, title, description }) => ({
      type,
      kind,
      name: type.split('.').at(-1) ?? type,
      family: type.split('.').at(-2) ?? '',
      title,
      description: firstParagraph(description),
      group: groupOf(type, kind),
    }))
    .toSorted((a, b) => groupNames.indexOf(a.group) - groupNames.indexOf(b.group) || compare(a, b))
}

function isOffered(definition: PluginDefinition): definition is PluginDefinition & { kind: PaletteItem['kind'] } {
  return (definition.kind === 'task' || definition.kind === 'trigger') && definition.deprecated === undefined
}

/** In the order in which they are shown. */
const groupNames: readonly PaletteGroup[] = [
  'flowControl',
  'http',
  'scripts',
  'databases',
  'dbt',
  'files',
  'aws',
  'basics',
  'formats',
  'keyValueStore',
  'others',
  'triggers',
]
const groups: readonly (readonly [start: string, group: PaletteGroup])[] = [
  ['core.flow.', 'flowControl'],
  ['core.http.', 'http'],
  ['scripts.', 'scripts'],
  ['jdbc.', 'databases'],
  ['redis.', 'databases'],
  ['dbt.', 'dbt'],
  ['core.storage.', 'files'],
  ['core.namespace.', 'files'],
  ['fs.', 'files'],
  ['serdes.', 'formats'],
  ['core.kv.', 'keyValueStore'],
  ['core.state.', 'keyValueStore'],
  ['aws.', 'aws'],
]

function groupOf(type: string, kind: PaletteItem['kind']): PaletteGroup {
  if (kind === 'trigger') return 'triggers'
  const name = type.replace('io.kestra.plugin.', '')
  return groups.find(([start]) => name.startsWith(start))?.[1] ?? (name.startsWith('core.') ? 'basics' : 'others')
}

function compare(a: PaletteItem, b: PaletteItem): number {
  return a.family.localeCompare(b.family) || a.name.localeCompare(b.name)
}

function firstParagraph(markdown = ''): string {
  const [paragraph = ''] = markdown.split(/\n\s*\n/)
  return paragraph
    .replace(/[`*_]|\[|\]\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** How well an item answers a search: 0 not at all. Every word has to be somewhere. */
export function matchOf({ type, name, family, title, description, group }: PaletteItem, search: string): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const fields = [
    { text: name.toLowerCase(), worth: 1 },
    { text: family.toLowerCase(), worth: 0.9 },
    { text: title.toLowerCase(), worth: 0.7 },
    { text: `${type} ${graphText.paletteGroups[group]}`.toLowerCase(), worth: 0.5 },
    { text: description.toLowerCase(), worth: 0.2 },
  ]
  let least = 1
  for (const word of words) {
    const best = Math.max(
      0,
      ...fields.map(({ text, worth }) => (text.includes(word) ? worth * nearness(text, word) : 0)),
    )
    least = Math.min(least, best)
  }
  return least
}

/** A whole word counts more than a part of one. */
function nearness(text: string, word: string): number {
  const parts = text.split(/[^a-z0-9]+/)
  if (parts.includes(word)) return 1
  return parts.some(part => part.startsWith(word)) ? 0.9 : 0.7
}
