import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import type { Point } from '#web/components/graph/graph'

type Press<Source> = {
  source: Source
  start: Point
  isMouse: boolean
  isDrag: boolean
  hold?: ReturnType<typeof setTimeout>
}

/** From here on a mouse drags, and a finger no longer rests. */
const thresholds = { mouse: 5, other: 10 }
/** A finger or pen that rests so long takes hold; one that moves before scrolls, or moves the view. Shorter than a browser's own. */
const holdMs = 350
/** So that a finger does not cover what it drags. */
const lift = 64

/**
 * Drags by pointer, from wherever it was pressed: a mouse at once, a finger or pen once it has rested. The ghost follows
 * by its style alone, so that nothing is drawn anew on the way; `onFrame` is asked once a frame where the pointer is,
 * `onDrop` where it was let go. Escape calls it off.
 */
export function useDrag<Source>({
  area,
  onFrame,
  onDrop,
}: {
  /** What drags begin in. */
  area: RefObject<HTMLElement | null>
  onFrame: (at: Point, source: Source) => void
  onDrop: (at: Point, source: Source) => void
}): {
  source: Source | undefined
  ghost: RefObject<HTMLDivElement | null>
  press: (source: Source, event: ReactPointerEvent) => void
} {
  const [source, setSource] = useState<Source>()
  const ghost = useRef<HTMLDivElement>(null)
  const pressed = useRef<Press<Source>>(undefined)
  const at = useRef<Point>({ x: 0, y: 0 })
  const frame = useEffectEvent(onFrame)
  const drop = useEffectEvent(onDrop)
  const begin = useCallback((press: Press<Source>) => {
    press.isDrag = true
    setSource(press.source)
  }, [])

  useEffect(() => {
    if (source === undefined) return
    const dragged = source
    let request = requestAnimationFrame(follow)
    function follow() {
      const { x, y } = at.current
      const top = pressed.current?.isMouse ? y + 10 : y - lift
      if (ghost.current) ghost.current.style.transform = `translate(${x + 12}px, ${top}px)`
      frame(at.current, dragged)
      request = requestAnimationFrame(follow)
    }
    document.body.style.cursor = 'grabbing'
    return () => {
      cancelAnimationFrame(request)
      document.body.style.cursor = ''
    }
  }, [source])

  useEffect(() => {
    function onMove(event: PointerEvent) {
      if (!event.isPrimary) return
      at.current = { x: event.clientX, y: event.clientY }
      const press = pressed.current
      if (!press || press.isDrag || !isAway(press, at.current)) return
      if (press.isMouse) begin(press)
      else end(false)
    }
    function end(isDropped: boolean) {
      const press = pressed.current
      clearTimeout(press?.hold)
      pressed.current = undefined
      setSource(undefined)
      if (press?.isDrag && isDropped && isAway(press, at.current)) drop(at.current, press.source)
    }
    // Neither the page nor the graph moves with what is dragged, and no menu opens because a finger rests.
    function keep(event: Event) {
      if (!pressed.current?.isDrag) return
      if (event.cancelable) event.preventDefault()
      event.stopPropagation()
    }
    const listening = new AbortController()
    const { signal } = listening
    area.current?.addEventListener('touchmove', keep, { signal, capture: true, passive: false })
    area.current?.addEventListener('contextmenu', keep, { signal, capture: true })
    // A second finger means the view.
    addEventListener('pointerdown', event => !event.isPrimary && end(false), { signal })
    addEventListener('pointermove', onMove, { signal })
    addEventListener('pointerup', () => end(true), { signal })
    addEventListener('pointercancel', () => end(false), { signal })
    addEventListener('keydown', ({ key }) => key === 'Escape' && pressed.current?.isDrag && end(false), { signal })
    return () => {
      end(false)
      listening.abort()
    }
  }, [area, begin])

  return {
    source,
    ghost,
    press(pressedSource, { pointerType, isPrimary, clientX: x, clientY: y }) {
      if (!isPrimary) return
      const press: Press<Source> = {
        source: pressedSource,
        start: { x, y },
        isMouse: pointerType === 'mouse',
        isDrag: false,
      }
      pressed.current = press
      at.current = press.start
      if (!press.isMouse) press.hold = setTimeout(() => begin(press), holdMs)
    },
  }
}

function isAway({ start, isMouse }: Press<unknown>, { x, y }: Point): boolean {
  return Math.hypot(x - start.x, y - start.y) >= thresholds[isMouse ? 'mouse' : 'other']
}
