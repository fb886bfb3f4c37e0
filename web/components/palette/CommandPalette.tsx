'use client'

import { Command } from 'cmdk'
import { Loader2, Search } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { type KeyboardEvent, useState } from 'react'
import { paletteText } from '#text/palette'
import { Kbd } from './Kbd'
import { type Entry, useEntries } from './use-entries'

/** Goes anywhere and does what is done often, by the keyboard alone. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  // Until somebody moves, the best is chosen, also when the server's answer comes late.
  const [chosen, setChosen] = useState<string>()
  const { groups, isBusy } = useEntries(typed, onClose)
  const values = groups.flatMap(({ entries }) => entries.map(({ value }) => value))
  const value = chosen !== undefined && values.includes(chosen) ? chosen : (values[0] ?? '')
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || values.length === 0) return
    event.preventDefault()
    setChosen(values[(values.indexOf(value) + step + values.length) % values.length])
  }
  return (
    <Primitive.Root open onOpenChange={isOpen => !isOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[10vh] z-50 mx-auto flex max-h-[70vh] max-w-xl animate-appear flex-col overflow-hidden rounded-xl border bg-surface shadow-pop outline-none"
        >
          <Primitive.Title className="sr-only">{paletteText.goToOrDo}</Primitive.Title>
          <Command
            shouldFilter={false}
            value={value}
            disablePointerSelection
            label={paletteText.goToOrDo}
            onKeyDownCapture={onKeyDown}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-3 border-b px-4">
              {isBusy ? (
                <Loader2 className="size-4 animate-spin text-faint" aria-hidden />
              ) : (
                <Search className="size-4 text-faint" aria-hidden />
              )}
              <Command.Input
                value={typed}
                onValueChange={text => {
                  setTyped(text)
                  setChosen(undefined)
                }}
                placeholder={paletteText.whatCanBeTyped}
                className="h-12 min-w-0 flex-1 bg-transparent text-[14px] outline-none placeholder:text-faint"
              />
              <Kbd>{paletteText.esc}</Kbd>
            </div>
            <Command.List className="min-h-0 flex-1 scroll-py-8 overflow-y-auto p-2">
              {values.length === 0 && (
                <p role="status" className="px-3 py-8 text-center text-[13px] text-muted">
                  {isBusy ? paletteText.looking : paletteText.nothingMatches(typed)}
                </p>
              )}
              {groups.map(({ heading, entries }) => (
                <Command.Group
                  key={heading}
                  heading={heading}
                  className="mb-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
                >
                  {entries.map(entry => (
                    <PaletteItem key={entry.value} entry={entry} onPoint={() => setChosen(entry.value)} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function PaletteItem({ entry, onPoint }: { entry: Entry; onPoint: () => void }) {
  const { value, label, detail, icon: Icon, run } = entry
  return (
    <Command.Item
      value={value}
      onSelect={run}
      onPointerMove={onPoint}
      className="flex h-9 cursor-pointer select-none items-center gap-3 rounded-md px-3 text-[13px] data-[selected=true]:bg-hover"
    >
      <Icon className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 truncate font-medium">{label}</span>
      {detail && <span className="ml-auto min-w-0 max-w-[60%] truncate pl-3 text-faint text-xs">{detail}</span>}
    </Command.Item>
  )
}
