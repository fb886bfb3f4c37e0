import type { Catalog } from '#language/catalog'
import { groupOf } from './groups'
import type { PluginKind } from './kinds'

/** What a list of plugins shows of one. */
export type PluginSummary = {
  type: string
  kind: PluginKind
  title: string
  /** The first sentence of its description. */
  summary: string
  isDeprecated: boolean
}

/** What most flows are made of stands first. */
const firstGroups = ['core.flow', 'core.http', 'core.log', 'scripts', 'jdbc', 'core.trigger', 'core.storage', 'core']

export function summariesOf(catalog: Catalog): PluginSummary[] {
  const rank = ({ type }: PluginSummary) => {
    const place = firstGroups.findIndex(start => `${groupOf(type)}.`.startsWith(`${start}.`))
    return place < 0 ? firstGroups.length : place
  }
  const summaries = catalog.all().map(({ type, kind, title, description = '', deprecated }) => ({
    type,
    kind,
    title,
    summary: firstSentence(description),
    isDeprecated: deprecated !== undefined,
  }))
  return summaries.toSorted((a, b) => rank(a) - rank(b) || Number(a.isDeprecated) - Number(b.isDeprecated))
}

/** Those of a kind that hold every word of the search somewhere, the ones named so first. */
export function findPlugins(plugins: PluginSummary[], search: string, kind: PluginKind | undefined): PluginSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = plugins.filter(plugin => {
    const text = `${plugin.type} ${plugin.title} ${plugin.summary}`.toLowerCase()
    return (kind === undefined || plugin.kind === kind) && words.every(word => text.includes(word))
  })
  if (words.length === 0) return found
  const isNamed = ({ type, title }: PluginSummary) =>
    words.every(word => `${type} ${title}`.toLowerCase().includes(word))
  return found.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
}

/** Without marks of Markdown. */
export function firstSentence(markdown: string): string {
  const [paragraph = ''] = markdown.trim().split(/\n\s*\n/)
  const text = paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}
