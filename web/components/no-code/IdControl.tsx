'use client'

import { useState } from 'react'
import { toText } from '#language/json'
import { Input } from '#ui/ui/input'
import { type ControlProps, useForm } from './form-context'

/** An id; renamed where it is used, too, and only when the field is left: a half-typed one may be another's. */
export function IdControl({ labelledBy, path, value }: ControlProps) {
  const { edit, isReadOnly } = useForm()
  const id = toText(value)
  const [typed, setTyped] = useState(id)
  const [seen, setSeen] = useState(id)
  if (seen !== id) {
    setSeen(id)
    setTyped(id)
  }
  function leave() {
    if (typed === id || typed === '') setTyped(id)
    else if (id === '') edit({ kind: 'set', path, value: typed })
    else edit({ kind: 'rename', path: path.slice(0, -1), id: typed })
  }
  return (
    <Input
      aria-labelledby={labelledBy}
      className="font-mono"
      value={typed}
      readOnly={isReadOnly}
      spellCheck={false}
      data-own-undo={typed === id ? undefined : ''}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && leave()}
      onBlur={leave}
    />
  )
}
