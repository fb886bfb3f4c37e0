'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { executionText } from '#text/execution'
import { LogLine } from '#ui/logs/LogLine'
import { Button } from '#ui/ui/button'
import { ScrollRegion } from '#ui/ui/scroll-region'
import type { LogWindow } from './log-window'

const lineHeightPx = 22
/** This close to the end counts as being there. */
const endSlackPx = 24
/** Browsers draw no element that is higher than some 33 million pixels. */
export const mostLines = 1_300_000

/** A line to go to; each wish is another one, though it is for the same line. */
export type Wish = { line: number }

/**
 * Draws only the parts in sight. Stays at the end of a live log until the reader scrolls up. Of a log that is too long for a
 * browser its end is shown.
 */
export function LogView({
  view,
  version,
  isLive,
  found,
  wish,
  onShow,
  onMove,
}: {
  view: LogWindow
  version: number
  isLive: boolean
  found?: string
  wish?: Wish
  onShow: (from: number, to: number) => void
  /** Tells the number of the first line in sight. */
  onMove: (line: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const [isFollowing, setIsFollowing] = useState(isLive)
  const { markEvery } = view
  const skipped = Math.max(0, view.partCount() - Math.ceil(mostLines / markEvery))
  const count = view.partCount() - skipped
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: index => view.sizeOf(index + skipped) * lineHeightPx,
    overscan: 1,
  })
  const items = virtual.getVirtualItems()
  const [from, to] = [(items[0]?.index ?? 0) + skipped, (items.at(-1)?.index ?? 0) + skipped]

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing changes with each version
  useEffect(() => onShow(from, to), [from, to, version, onShow])

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end
  useEffect(() => {
    if (isFollowing && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' })
  }, [version, count, isFollowing, virtual])

  // Its part first, as far as its lines have the usual height; once they are there, the very line.
  const reached = useRef<Wish>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again when lines have come
  useEffect(() => {
    if (!wish || !box.current || reached.current === wish) return
    setIsFollowing(false)
    const element = box.current.querySelector(`[data-line="${wish.line}"]`)
    if (element) {
      reached.current = wish
      element.scrollIntoView({ block: 'center' })
    } else virtual.scrollToIndex(Math.floor(wish.line / markEvery) - skipped, { align: 'start' })
  }, [wish, version, from, to, markEvery, skipped, virtual])

  function noteScroll() {
    const element = box.current
    if (!element) return
    setIsFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < endSlackPx)
    const first = virtual.getVirtualItemForOffset(element.scrollTop)
    if (first) {
      const within = Math.floor((element.scrollTop - first.start) / lineHeightPx)
      onMove((first.index + skipped) * markEvery + Math.min(Math.max(within, 0), markEvery - 1))
    }
  }

  return (
    <div className="relative min-h-0 flex-1">
      <ScrollRegion
        ref={box}
        onWheel={event => event.deltaY < 0 && setIsFollowing(false)}
        onScroll={noteScroll}
        role="log"
        aria-label={executionText.log}
        aria-live="off"
        className="py-1"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute inset-x-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Part view={view} part={item.index + skipped} found={found} chosen={wish?.line} />
            </div>
          ))}
        </div>
      </ScrollRegion>
      {!isFollowing && isLive && (
        <Button className="absolute right-4 bottom-4 shadow-pop" size="sm" onClick={() => setIsFollowing(true)}>
          <ArrowDown aria-hidden /> {executionText.follow}
        </Button>
      )}
    </div>
  )
}

type PartProps = { view: LogWindow; part: number; found?: string; chosen?: number }

/** As high as its lines most likely are, until they are there. */
function Part({ view, part, found, chosen }: PartProps) {
  const lines = view.part(part)
  if (lines === undefined) return <div aria-hidden style={{ height: view.sizeOf(part) * lineHeightPx }} />
  const first = part * view.markEvery
  return lines.map((line, index) => (
    <div key={line.position} data-line={first + index}>
      <LogLine line={line} found={found} isChosen={first + index === chosen} />
    </div>
  ))
}
