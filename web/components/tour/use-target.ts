'use client'

import { type RefObject, useEffect, useState } from 'react'
import { placeBeside } from './place-beside'

/** The element that the tour points at, once the page shows it. It is outlined meanwhile (globals.css). */
export function useTarget(name: string | undefined): HTMLElement | undefined {
  const [element, setElement] = useState<HTMLElement>()
  useEffect(() => {
    if (name === undefined) return setElement(undefined)
    const look = () => setElement(visible(document.querySelectorAll<HTMLElement>(`[data-tour="${name}"]`)))
    look()
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [name])
  useEffect(() => {
    if (element === undefined) return
    element.setAttribute('data-tour-target', '')
    element.scrollIntoView({ block: 'nearest' })
    return () => element.removeAttribute('data-tour-target')
  }, [element])
  return element
}

function visible(elements: Iterable<HTMLElement>): HTMLElement | undefined {
  return [...elements].find(element => element.getClientRects().length > 0)
}

/** Where a box stands beside the element, followed while anything moves; undefined without one. */
export function usePlace(element: HTMLElement | undefined, box: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<{ left: number; top: number }>()
  useEffect(() => {
    if (element === undefined) return setPlace(undefined)
    const measure = () => {
      const size = box.current?.getBoundingClientRect()
      const view = { width: window.innerWidth, height: window.innerHeight }
      if (size) setPlace(placeBeside(element.getBoundingClientRect(), size, view))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (box.current) observer.observe(box.current)
    window.addEventListener('resize', measure)
    document.addEventListener('scroll', measure, { capture: true, passive: true })
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
      document.removeEventListener('scroll', measure, { capture: true })
    }
  }, [element, box])
  return place
}
