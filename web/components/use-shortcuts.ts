'use client'

import { useEffect, useEffectEvent } from 'react'

/** Ctrl (or Cmd) with a letter, wherever the focus is. @example `useShortcuts({ s: save })` */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    const action = shortcuts[event.key.toLowerCase()]
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    // Capture: before the editor, which has its own meaning for some of these keys.
    window.addEventListener('keydown', listener, true)
    return () => window.removeEventListener('keydown', listener, true)
  }, [])
}
