'use client'

import { formText } from '#text/form'
import { NativeSelect } from '#ui/ui/input'
import { Switch } from '#ui/ui/switch'
import { type ControlProps, useForm } from './form-context'

export function BooleanControl({ labelledBy, path, value, fallback }: ControlProps & { fallback: unknown }) {
  const { edit, isReadOnly } = useForm()
  const isOn = value === undefined || value === null ? fallback === true : value === true || value === 'true'
  return (
    <Switch
      aria-labelledby={labelledBy}
      checked={isOn}
      disabled={isReadOnly}
      onCheckedChange={isChecked => edit({ kind: 'set', path, value: isChecked })}
    />
  )
}

export function ChoiceControl({
  labelledBy,
  path,
  value,
  words,
  fallback,
  isRequired,
}: ControlProps & { words: string[]; fallback: unknown }) {
  const { edit, isReadOnly } = useForm()
  const chosen = words.find(word => word.toLowerCase() === String(value ?? '').toLowerCase()) ?? ''
  const isOptional = !isRequired || chosen === ''
  return (
    <NativeSelect
      aria-labelledby={labelledBy}
      value={chosen}
      disabled={isReadOnly}
      onChange={({ target }) =>
        edit(target.value === '' ? { kind: 'unset', path } : { kind: 'set', path, value: target.value })
      }
    >
      {isOptional && <option value="">{typeof fallback === 'string' ? formText.defaultChoice(fallback) : '–'}</option>}
      {words.map(word => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </NativeSelect>
  )
}
