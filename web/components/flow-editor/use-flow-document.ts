'use client'

import { useCallback, useRef, useState } from 'react'
import { changeText, redoChange, startHistory, type TextHistory, undoChange } from './text-history'

/** The text of a flow, the one truth of all views, with its one history. */
export type FlowDocument = {
  text: string
  /** The newest text, which a render may not have seen yet. */
  newest: () => string
  /** `typing`: letter by letter, so that a word is undone at once. */
  change: (text: string, how?: 'typing') => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
}

export function useFlowDocument(initial: string): FlowDocument {
  const [history, setHistory] = useState(() => startHistory(initial))
  // Changes may come faster than renders, and each builds on the one before.
  const newest = useRef(history)
  const become = useCallback((next: TextHistory) => {
    newest.current = next
    setHistory(next)
  }, [])
  return {
    text: history.text,
    newest: useCallback(() => newest.current.text, []),
    change: useCallback((text, how) => become(changeText(newest.current, text, how && performance.now())), [become]),
    undo: useCallback(() => become(undoChange(newest.current)), [become]),
    redo: useCallback(() => become(redoChange(newest.current)), [become]),
    canUndo: history.done.length > 0,
    canRedo: history.undone.length > 0,
  }
}
