'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

type Values = Record<string, string | undefined>

/** State that belongs in the address, so that a link shows the same page. Setting does not add to the history. */
export function useUrlState(): [URLSearchParams, (values: Values) => void] {
  const params = useSearchParams()
  const pathname = usePathname()
  const set = useCallback(
    (values: Values) => {
      const next = new URLSearchParams(window.location.search)
      for (const [key, value] of Object.entries(values)) {
        if (value) next.set(key, value)
        else next.delete(key)
      }
      // As people write them: an address may hold these as they are.
      const query = next.toString().replace(/%2C|%28|%29/g, decodeURIComponent)
      window.history.replaceState(null, '', query ? `${pathname}?${query}` : pathname)
    },
    [pathname],
  )
  return [params, set]
}
