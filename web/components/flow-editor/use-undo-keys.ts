'use client'

import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { FlowDocument } from './use-flow-document'

/** Ctrl-Z and Ctrl-Shift-Z (Ctrl-Y) undo and redo the document, in whichever view the focus is. */
export function useUndoKeys(box: RefObject<HTMLElement | null>, { undo, redo }: FlowDocument, isOff: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const wanted = isOff ? undefined : wantedBy(event)
    if (wanted === undefined || !isAbout(box.current, event.target)) return
    event.preventDefault()
    event.stopPropagation()
    if (wanted === 'undo') undo()
    else redo()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    // Capture: before the editor, whose own history knows nothing of the other views.
    window.addEventListener('keydown', listener, true)
    return () => window.removeEventListener('keydown', listener, true)
  }, [])
}

function wantedBy({ ctrlKey, metaKey, altKey, shiftKey, key }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined
  const letter = key.toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' && !shiftKey ? 'redo' : undefined
}

/** Whether a key is meant for the views: not where a field holds letters that are not part of the text (yet). */
function isAbout(box: HTMLElement | null, target: EventTarget | null): boolean {
  if (box === null || box.offsetParent === null || !(target instanceof Element)) return false
  if (target === document.body) return true
  return box.contains(target) && target.closest('.find-widget, [cmdk-root], [data-own-undo]') === null
}
