'use client'

import { useSyncExternalStore } from 'react'

/** No, while a part of a page comes to life on what the server drew of it; else yes. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  )
}

/** Of what does not change by itself. */
export function subscribeToNothing() {
  return () => undefined
}
