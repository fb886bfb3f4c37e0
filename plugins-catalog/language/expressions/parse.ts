import type { Template } from './ast'
import { parseTemplate } from './parse-template'

/** Enough for the templates of the flows a worker runs at a time. */
const cacheSize = 2_000
/** A longer text is seldom rendered twice and would keep much memory. */
const cachedLength = 20_000

const cache = new Map<string, Template>()

/** `parseTemplate` with a cache: a Map keeps insertion order, so its first key is the one not used for longest. */
export function parse(source: string): Template {
  const cached = cache.get(source)
  if (cached) {
    cache.delete(source)
    cache.set(source, cached)
    return cached
  }
  const template = parseTemplate(source)
  if (source.length > cachedLength) return template
  cache.set(source, template)
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value!)
  return template
}
