'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#ui/ui/button'
import { ScrollRegion } from '#ui/ui/scroll-region'
import type { LogEntry } from '#web/server/executions/execution'
import { LogLine } from './LogLine'

const lineHeightPx = 22
/** This close to the end counts as being there. */
const endSlackPx = 24

/** Draws only the lines in sight. Stays at the end of a live log until the reader scrolls up. */
export function LogView({ lines, isLive }: { lines: LogEntry[]; isLive: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  const [isFollowing, setIsFollowing] = useState(isLive)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeightPx,
    getItemKey: index => lines[index]?.position ?? index,
    overscan: 20,
  })

  useEffect(() => {
    if (isFollowing && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [lines, isFollowing, virtual])

  function noteScroll() {
    const element = box.current
    if (!element) return
    setIsFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < endSlackPx)
  }

  return (
    <div className="relative min-h-0 flex-1">
      <ScrollRegion
        ref={box}
        onWheel={event => event.deltaY < 0 && setIsFollowing(false)}
        onScroll={noteScroll}
        role="log"
        aria-label="Log"
        aria-live="off"
        className="py-1"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(item => {
            const line = lines[item.index]
            return (
              line && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogLine line={line} />
                </div>
              )
            )
          })}
        </div>
      </ScrollRegion>
      {!isFollowing && isLive && (
        <Button className="absolute right-4 bottom-4 shadow-pop" size="sm" onClick={() => setIsFollowing(true)}>
          <ArrowDown aria-hidden /> Follow
        </Button>
      )}
    </div>
  )
}
