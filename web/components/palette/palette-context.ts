'use client'

import { createContext, useContext } from 'react'

/** What stands over the page: the palette, the list of keys, or the inputs of a flow that it was asked to run. */
export type Shown = { kind: 'palette' } | { kind: 'keys' } | { kind: 'execute'; namespace: string; id: string }

export const PaletteContext = createContext<(shown: Shown) => void>(() => {})

/** Opens the palette or what it leads to. @example const show = usePalette(); show({ kind: 'palette' }) */
export function usePalette(): (shown: Shown) => void {
  return useContext(PaletteContext)
}
