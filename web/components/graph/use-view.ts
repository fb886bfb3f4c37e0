import { useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import type { Box, Direction, Layout } from './graph'

export const glideMs = 220
const fit = { padding: 0.08, maxZoom: 1 }
/** Below this nothing can be read: a long graph rather begins at its start. */
const readableZoom = 0.5
/** Of a picture: below this not even shapes are told apart. */
const shapeZoom = 0.3
const startZoom = 0.85
const margin = 28

/** Shows the whole at first, or its start where it is long; later only goes to what is selected out of sight. */
export function useView({
  layout,
  direction,
  selectedKey,
  isStill,
}: {
  layout: Layout | undefined
  direction: Direction
  selectedKey: string | undefined
  isStill: boolean
}): void {
  const { fitView, setViewport, setCenter, getViewport } = useReactFlow()
  const width = useStore(state => state.width)
  const height = useStore(state => state.height)
  const shownDirection = useRef<Direction>(undefined)
  const box = selectedKey === undefined ? undefined : layout?.boxes.get(selectedKey)
  const shownBox = useRef<string>(undefined)

  useEffect(() => {
    if (!layout || layout.boxes.size === 0 || width === 0 || height === 0) return
    if (!isStill && shownDirection.current === direction) return
    shownDirection.current = direction
    const whole = extentOf(layout)
    const zoom = Math.min(1, (width * 0.84) / whole.width, (height * 0.84) / whole.height)
    if (zoom >= (isStill ? shapeZoom : readableZoom)) void fitView(fit)
    else void setViewport(startOf(whole, direction, { width, height, least: isStill ? shapeZoom : readableZoom }))
  }, [layout, direction, width, height, isStill, fitView, setViewport])

  useEffect(() => {
    if (isStill || width === 0 || shownBox.current === selectedKey) return
    if (selectedKey !== undefined && !box) return
    shownBox.current = selectedKey
    if (!box) return
    const { x, y, zoom } = getViewport()
    const left = box.x * zoom + x
    const top = box.y * zoom + y
    const isSeen = left >= 0 && top >= 0 && left + Math.min(box.width, 200) * zoom <= width && top + 40 * zoom <= height
    if (!isSeen) {
      void setCenter(box.x + box.width / 2, box.y + Math.min(box.height / 2, 60), {
        zoom: Math.max(zoom, readableZoom),
        duration: glideMs,
      })
    }
  }, [box, selectedKey, isStill, width, height, getViewport, setCenter])
}

function extentOf({ boxes }: Layout): Box {
  const all = [...boxes.values()]
  const x = Math.min(...all.map(box => box.x))
  const y = Math.min(...all.map(box => box.y))
  return {
    x,
    y,
    width: Math.max(...all.map(box => box.x + box.width)) - x,
    height: Math.max(...all.map(box => box.y + box.height)) - y,
  }
}

function startOf(
  whole: Box,
  direction: Direction,
  { width, height, least }: { width: number; height: number; least: number },
) {
  if (direction === 'DOWN') {
    const zoom = Math.max(Math.min(startZoom, (width * 0.9) / whole.width), least)
    return { x: width / 2 - (whole.x + whole.width / 2) * zoom, y: margin - whole.y * zoom, zoom }
  }
  const zoom = Math.max(Math.min(startZoom, (height * 0.9) / whole.height), least)
  return { x: margin - whole.x * zoom, y: height / 2 - (whole.y + whole.height / 2) * zoom, zoom }
}
