import { useState } from 'react'
import { z } from 'zod'

const storageKey = 'millrace.recent-plugins'
const atMost = 5
const Types = z.array(z.string())

/** Types that were added last, newest first; kept by the browser. */
export function useRecentPlugins(): [types: readonly string[], add: (type: string) => void] {
  const [types, setTypes] = useState(readTypes)
  return [
    types,
    type => {
      const next = [type, ...readTypes().filter(other => other !== type)].slice(0, atMost)
      setTypes(next)
      try {
        localStorage.setItem(storageKey, JSON.stringify(next))
      } catch {
        // Private windows may refuse; then it is remembered until the page is left.
      }
    },
  ]
}

function readTypes(): string[] {
  try {
    return Types.catch([]).parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
  } catch {
    return []
  }
}
