import type { Template } from './ast'
import { parseTemplate } from './parse-template'

/** Enough for the templates of the flows a worker runs at a time. */
const cacheSize = 2_000
/** Characters of all cached templates; a parsed one takes some fifty times its text. */
const cachedLength = 1_000_000

const cache = new Map<string, Template>()
let length = 0

/** `parseTemplate` with a cache: a Map keeps insertion order, so its first key is the one not used for longest. */
export function parse(source: string): Template {
  const cached = cache.get(source)
  if (cached) {
    cache.delete(source)
    cache.set(source, cached)
    return cached
  }
  const template = parseTemplate(source)
  cache.set(source, template)
  length += source.length
  while (cache.size > cacheSize || length > cachedLength) forgetOldest()
  return template
}

function forgetOldest(): void {
  const oldest = cache.keys().next().value ?? ''
  cache.delete(oldest)
  length -= oldest.length
}
