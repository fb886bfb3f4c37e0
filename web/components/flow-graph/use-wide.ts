import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether an element is at least so wide, in pixels. */
export function useIsWide<E extends HTMLElement>(width: number): { ref: RefObject<E | null>; isWide: boolean } {
  const ref = useRef<E>(null)
  const [isWide, setIsWide] = useState(false)
  useEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(([entry]) => setIsWide((entry?.contentRect.width ?? 0) >= width))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [width])
  return { ref, isWide }
}
