'use client'

import { Search } from 'lucide-react'
import { paletteText } from '#text/palette'
import { Button } from '#ui/ui/button'
import { Kbd } from './Kbd'
import { usePalette } from './palette-context'

/** Opens the palette, and tells that Ctrl-K does. */
export function PaletteButton({ onOpen }: { onOpen?: () => void }) {
  const show = usePalette()
  return (
    <button
      type="button"
      onClick={() => {
        onOpen?.()
        show({ kind: 'palette' })
      }}
      className="flex h-8 w-full items-center gap-2.5 rounded-md border bg-surface px-2 text-[13px] text-muted transition-colors hover:border-line-strong hover:text-fg"
    >
      <Search className="size-4" aria-hidden />
      <span className="flex-1 text-left">{paletteText.goTo}</span>
      <Kbd>{paletteText.ctrlK}</Kbd>
    </button>
  )
}

/** The same where there is little room. */
export function PaletteIcon() {
  const show = usePalette()
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={paletteText.goTo}
      className="ml-auto"
      onClick={() => show({ kind: 'palette' })}
    >
      <Search />
    </Button>
  )
}
