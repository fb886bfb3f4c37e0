'use client'

import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { filesText } from '#text/files'
import { type Chosen, fromDrop } from './collect-files'

/** Takes files and folders that are dragged onto it; what is dragged within the page is none. */
export function DropZone({ onDrop, children }: { onDrop: (chosen: Chosen[]) => void; children: ReactNode }) {
  // Each element that is passed enters and leaves.
  const depth = useRef(0)
  const [isOver, setIsOver] = useState(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  function move(event: DragEvent, by: number) {
    if (!hasFiles(event)) return
    depth.current += by
    setIsOver(depth.current > 0)
  }
  async function drop(event: DragEvent) {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setIsOver(false)
    onDrop(await fromDrop(event.dataTransfer))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a way for the mouse; the menu “Upload” is that of the keyboard
    <div
      className="relative flex h-full min-h-0 flex-col"
      onDragEnter={event => move(event, 1)}
      onDragLeave={event => move(event, -1)}
      onDragOver={event => hasFiles(event) && event.preventDefault()}
      onDrop={event => void drop(event)}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-2 z-10 grid place-items-center rounded-xl border-2 border-accent border-dashed bg-accent-soft/80">
          <p className="font-medium text-accent">{filesText.dropToUpload}</p>
        </div>
      )}
    </div>
  )
}
