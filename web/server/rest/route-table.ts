/** Paths with `{name}` segments, matched segment by segment; a literal beats a name. */
export type Route<T> = { method: string; path: string; target: T }
export type RouteMatch<T> = { target: T; params: Record<string, string> }

type Compiled<T> = { method: string; segments: string[]; target: T }

export type RouteTable<T> = {
  match(method: string, pathname: string): RouteMatch<T> | null
  /** Methods that the path has, for 405. */
  methods(pathname: string): string[]
}

/** @example createRouteTable([{ method: 'GET', path: '/{tenant}/flows/search', target: search }]) */
export function createRouteTable<T>(routes: Route<T>[]): RouteTable<T> {
  const compiled = routes.map(({ method, path, target }) => ({ method, segments: path.split('/').slice(1), target }))
  compiled.sort(literalsFirst)
  return {
    match(method, pathname) {
      const segments = splitPath(pathname)
      if (segments === null) return null
      for (const route of compiled) {
        const params = route.method === method ? bind(route.segments, segments) : null
        if (params) return { target: route.target, params }
      }
      return null
    },
    methods(pathname) {
      const segments = splitPath(pathname) ?? []
      return [...new Set(compiled.filter(route => bind(route.segments, segments)).map(route => route.method))]
    },
  }
}

/** Decoded, so that an id may hold what a path may not; null where it is no encoding at all. */
function splitPath(pathname: string): string[] | null {
  try {
    return pathname.replace(/\/+$/, '').split('/').slice(1).map(decodeURIComponent)
  } catch {
    return null
  }
}

function bind(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (!isName(part)) {
      if (part !== segment) return null
    } else if (segment === '') return null
    else params[part.slice(1, -1)] = segment
  }
  return params
}

/** By a key of one letter per segment: a whole order, which comparing only what two paths share would not be. */
function literalsFirst<T>(a: Compiled<T>, b: Compiled<T>): number {
  return orderKey(a.segments) < orderKey(b.segments) ? -1 : 1
}

function orderKey(segments: string[]): string {
  return segments.map(segment => (isName(segment) ? 'b' : 'a')).join('')
}

function isName(segment: string): boolean {
  return segment.startsWith('{')
}
