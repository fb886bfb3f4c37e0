'use client'

import { useCallback, useEffect, useRef } from 'react'

/** The same function at every render, which does what the newest one does; for parts that are dear to draw anew. */
export function useStable<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const newest = useRef(act)
  useEffect(() => {
    newest.current = act
  })
  return useCallback((...args: Args) => newest.current(...args), [])
}
