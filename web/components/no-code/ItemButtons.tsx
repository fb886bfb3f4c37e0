'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { Path } from '#language/check/problem'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { useForm } from './form-context'

/** Sorts an item of a list, and takes it out. */
export function ItemButtons({ list, index, count, name }: { list: Path; index: number; count: number; name: string }) {
  const { edit, isReadOnly } = useForm()
  if (isReadOnly) return null
  const path = [...list, index]
  return (
    <div className="flex shrink-0">
      {count > 1 && (
        <>
          <Button
            variant="ghost"
            size="icon"
            className="w-6"
            aria-label={formText.moveUp(name)}
            disabled={index === 0}
            onClick={() => edit({ kind: 'move', path, at: { list, index: index - 1 } })}
          >
            <ArrowUp />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            className="w-6"
            aria-label={formText.moveDown(name)}
            disabled={index === count - 1}
            // Counted before the item is taken out: behind the next one.
            onClick={() => edit({ kind: 'move', path, at: { list, index: index + 2 } })}
          >
            <ArrowDown />
          </Button>
        </>
      )}
      <Button
        variant="ghost"
        size="icon"
        className="w-7"
        aria-label={formText.remove(name)}
        onClick={() => edit({ kind: 'remove', path })}
      >
        <X />
      </Button>
    </div>
  )
}
