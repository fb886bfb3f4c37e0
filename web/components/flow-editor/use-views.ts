'use client'

import { useSyncExternalStore } from 'react'
import { useUrlState } from '#web/components/url-state'
import { subscribeToNothing } from '#web/components/use-is-alive'
import {
  type Arrangement,
  defaultArrangement,
  formatArrangement,
  parseArrangement,
  toggleView,
  viewsOf,
} from './arrangement'
import type { View } from './views'

const storageKey = 'flow-views'
const narrow = '(max-width: 767px)'

/** How the views stand: as the address says, else as at the last visit. Where the window is narrow, one at a time. */
export function useViews() {
  const [params, setParams] = useUrlState()
  const isNarrow = useIsNarrow()
  const kept = useSyncExternalStore(subscribeToNothing, readKept, () => null)
  const all = arrangementOf(params, kept)
  const arrangement: Arrangement = isNarrow ? (viewsOf(all)[0] ?? 'code') : all
  const views = viewsOf(arrangement)

  function arrange(next: Arrangement): void {
    const text = formatArrangement(next)
    localStorage.setItem(storageKey, text)
    // In an address a space is written as a plus, and a plus as something that nobody reads.
    setParams({ views: text.replaceAll('+', ' ') })
  }
  /** The address is ahead of its params for a moment: of two quick clicks the second builds on the first. */
  function toggle(view: View): void {
    const newest = arrangementOf(new URLSearchParams(window.location.search), readKept())
    arrange(isNarrow ? view : toggleView(newest, view))
  }
  return {
    arrangement,
    arrange,
    views,
    isNarrow,
    toggle,
    /** Shows a view beside the others, or instead of them where there is no room. */
    open(view: View) {
      if (!views.includes(view)) toggle(view)
    },
  }
}

function arrangementOf(params: URLSearchParams, kept: string | null): Arrangement {
  return parseArrangement(params.get('views')) ?? parseArrangement(kept) ?? defaultArrangement
}

function readKept(): string | null {
  return localStorage.getItem(storageKey)
}

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    listener => {
      const query = matchMedia(narrow)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(narrow).matches,
    () => false,
  )
}
