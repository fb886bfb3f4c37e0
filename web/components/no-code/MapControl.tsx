'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { isJsonObject, type Json } from '#language/json'
import { commonText } from '#text/common'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { Input } from '#ui/ui/input'
import { emptyOf } from './fitting'
import { type ControlProps, useForm } from './form-context'
import type { Shape } from './shapes'

/** Names with their values. */
export function MapControl({ labelledBy, path, value, of }: ControlProps & { of: Shape }) {
  const { edit, isReadOnly, Control } = useForm()
  const entries = Object.entries(isJsonObject(value) ? value : {})
  const become = (next: [string, Json][]) => edit({ kind: 'set', path, value: Object.fromEntries(next) })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the label above is one
    <div role="group" aria-labelledby={labelledBy} className="space-y-1.5">
      {entries.map(([name, one], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may change while it is typed
        <div key={index} className="flex items-start gap-1">
          <NameInput
            name={name}
            taken={entries.map(([other]) => other)}
            onRename={next => become(entries.with(index, [next, one]))}
          />
          <div className="min-w-0 flex-1">
            <Control labelledBy={labelledBy} path={[...path, name]} value={one} shape={of} isRequired />
          </div>
          {!isReadOnly && (
            <Button
              variant="ghost"
              size="icon"
              className="w-7"
              aria-label={formText.remove(name)}
              onClick={() => edit({ kind: 'unset', path: entries.length === 1 ? path : [...path, name] })}
            >
              <X />
            </Button>
          )}
        </div>
      ))}
      {!isReadOnly && (
        <NewEntry
          taken={entries.map(([name]) => name)}
          onAdd={name => edit({ kind: 'set', path: [...path, name], value: emptyOf(of) })}
        />
      )}
    </div>
  )
}

function NameInput({ name, taken, onRename }: { name: string; taken: string[]; onRename: (name: string) => void }) {
  const { isReadOnly } = useForm()
  const [typed, setTyped] = useState(name)
  const [seen, setSeen] = useState(name)
  if (seen !== name) {
    setSeen(name)
    setTyped(name)
  }
  const isFree = typed === name || (typed !== '' && !taken.includes(typed))
  return (
    <Input
      aria-label={commonText.name}
      aria-invalid={isFree ? undefined : true}
      className="w-2/5 shrink-0 font-mono text-xs"
      data-own-undo={typed === name ? undefined : ''}
      readOnly={isReadOnly}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={() => (isFree ? typed !== name && onRename(typed) : setTyped(name))}
    />
  )
}

function NewEntry({ taken, onAdd }: { taken: string[]; onAdd: (name: string) => void }) {
  const [name, setName] = useState<string>()
  if (name === undefined) {
    return (
      <Button size="sm" onClick={() => setName('')}>
        <Plus aria-hidden /> {commonText.add}
      </Button>
    )
  }
  const isFree = name !== '' && !taken.includes(name)
  const add = () => {
    if (isFree) onAdd(name)
    setName(undefined)
  }
  return (
    <Input
      autoFocus
      aria-label={formText.nameNewEntry}
      placeholder={formText.nameThenEnter}
      className="w-2/5 font-mono text-xs"
      data-own-undo=""
      value={name}
      onChange={({ target }) => setName(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && add()}
      onBlur={add}
    />
  )
}
