import { useReactFlow } from '@xyflow/react'
import type { KeyboardEvent, RefObject } from 'react'
import type { GraphNode } from './graph'
import { type Arrow, neighbourOf } from './neighbour'
import type { Placed } from './use-layout'
import { glideMs } from './use-view'

/** Arrows go along the edges, Enter opens, Escape lets go, plus and minus zoom, 0 shows all. */
export function useGraphKeys<N extends GraphNode>({
  placed,
  selectedKey,
  onSelect,
  onOpen,
  onKey,
  focusWish,
}: {
  placed: Placed<N> | undefined
  selectedKey: string | undefined
  onSelect: ((key: string | undefined) => void) | undefined
  onOpen: ((key: string) => void) | undefined
  onKey: ((event: KeyboardEvent, key: string) => void) | undefined
  focusWish: RefObject<string | undefined>
}): (event: KeyboardEvent) => void {
  const { zoomIn, zoomOut, fitView } = useReactFlow()

  function go(arrow: Arrow, from: string): void {
    const key = placed && neighbourOf(from, arrow, placed.shape, placed.layout)
    if (!key) return
    focusWish.current = key
    onSelect?.(key)
  }

  return event => {
    if (!(event.target instanceof HTMLElement)) return
    // An edge can't have the focus itself.
    const key = event.target === event.currentTarget ? selectedKey : event.target.dataset.key
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (isPlain && !isTyping(event.target)) {
      if (event.key === '+' || event.key === '=') void zoomIn({ duration: glideMs })
      if (event.key === '-') void zoomOut({ duration: glideMs })
      if (event.key === '0') void fitView({ duration: glideMs, padding: 0.08, maxZoom: 1 })
    }
    if (key === undefined) return
    if (isPlain && isArrow(event.key) && !event.shiftKey) {
      event.preventDefault()
      return go(event.key, key)
    }
    if (isPlain && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      onSelect?.(key)
      if (event.key === 'Enter') onOpen?.(key)
      return
    }
    if (event.key === 'Escape') return onSelect?.(undefined)
    onKey?.(event, key)
  }
}

function isArrow(key: string): key is Arrow {
  return ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)
}

function isTyping(element: HTMLElement): boolean {
  return element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)
}
