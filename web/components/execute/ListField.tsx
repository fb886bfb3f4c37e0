'use client'

import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { executeText } from '#text/execute'
import { Button } from '#ui/ui/button'
import { Input } from '#ui/ui/input'
import type { ControlProps } from './text-fields'

/** The items of a list, a line each. Enter adds the next; a pasted text of several lines becomes several items. */
export function ListField({ input, value, onChange, id, ...rest }: ControlProps) {
  const items = Array.isArray(value) ? value : []
  const box = useRef<HTMLDivElement>(null)
  const itemType = input.type === 'ARRAY' || input.type === 'MULTISELECT' ? input.itemType : 'STRING'

  function insert(index: number, texts: string[], replaced: number) {
    onChange(items.toSpliced(index, replaced, ...texts))
    requestAnimationFrame(() => box.current?.querySelectorAll('input')[index + texts.length - 1]?.focus())
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the label above is one
    <div ref={box} id={id} role="group" className="space-y-1.5" aria-describedby={rest['aria-describedby']}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item has no identity but its place
        <div key={index} className="flex gap-1.5">
          <Input
            aria-label={executeText.item(index + 1)}
            inputMode={itemType === 'INT' || itemType === 'FLOAT' ? 'decimal' : undefined}
            value={item}
            onChange={event => onChange(items.with(index, event.target.value))}
            onKeyDown={event => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              insert(index + 1, [''], 0)
            }}
            onPaste={event => {
              const lines = event.clipboardData.getData('text').split(/\r?\n/).filter(Boolean)
              if (lines.length < 2) return
              event.preventDefault()
              insert(index, lines, 1)
            }}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={executeText.removeItem(index + 1)}
            onClick={() => onChange(items.toSpliced(index, 1))}
          >
            <X />
          </Button>
        </div>
      ))}
      <Button size="sm" onClick={() => insert(items.length, [''], 0)}>
        <Plus aria-hidden /> {executeText.addItem}
      </Button>
    </div>
  )
}
