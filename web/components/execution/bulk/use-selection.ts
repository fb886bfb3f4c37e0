'use client'

import { useState } from 'react'

/** Some of the executions on the page, or all that the filter matches, on the page or not. */
export type Selection = {
  ids: ReadonlySet<string>
  isAllMatching: boolean
  toggle(id: string): void
  setShown(ids: string[], isOn: boolean): void
  selectAllMatching(): void
  clear(): void
}

const none: ReadonlySet<string> = new Set()

/** Goes when the filter changes: what was chosen under another one is no longer in sight. */
export function useSelection(filterKey: string): Selection {
  const [state, setState] = useState({ filterKey, ids: none, isAllMatching: false })
  const isCurrent = state.filterKey === filterKey
  const ids = isCurrent ? state.ids : none
  const set = (next: ReadonlySet<string>, isAllMatching = false) => setState({ filterKey, ids: next, isAllMatching })
  return {
    ids,
    isAllMatching: isCurrent && state.isAllMatching,
    toggle(id) {
      const next = new Set(ids)
      if (!next.delete(id)) next.add(id)
      set(next)
    },
    setShown: (shown, isOn) => set(isOn ? new Set([...ids, ...shown]) : none),
    selectAllMatching: () => set(ids, true),
    clear: () => set(none),
  }
}
