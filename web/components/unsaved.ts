'use client'

import { useEffect } from 'react'

let unsaved = 0

/** Whether a page holds text that is not saved: then nothing may leave it by itself. */
export function holdsUnsaved(): boolean {
  return unsaved > 0
}

/** While true, the browser asks before the page is closed, and an ended session does not lead away from it. */
export function useUnsaved(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    unsaved++
    window.addEventListener('beforeunload', ask)
    return () => {
      unsaved--
      window.removeEventListener('beforeunload', ask)
    }
  }, [isDirty])
}
