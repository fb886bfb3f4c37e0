'use client'

import type { ComponentProps } from 'react'
import type { Input as FlowInput } from '#language/inputs/input'
import { Input, Textarea } from '#ui/ui/input'
import type { FieldValue } from './input-values'

export type ControlProps = {
  input: FlowInput
  value: FieldValue
  onChange: (value: FieldValue) => void
  /** Set by the field around it. */
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** Makes a control of one of the browser's own input types; called once per type, as the module loads. */
export function plainField(properties: ComponentProps<'input'>) {
  // biome-ignore lint/correctness/noComponentHookFactories: made once, at module level
  return function PlainField({ input: _input, value, onChange, ...rest }: ControlProps) {
    return <Input {...properties} {...rest} value={textOf(value)} onChange={event => onChange(event.target.value)} />
  }
}

/** One line that grows: pasted texts with line breaks must survive. */
export function TextField({ input, value, onChange, ...rest }: ControlProps) {
  const text = textOf(value)
  const lines = text.split('\n').length
  const isCode = input.type === 'JSON' || input.type === 'YAML'
  return (
    <Textarea
      {...rest}
      rows={Math.min(12, Math.max(isCode ? 4 : 1, lines))}
      spellCheck={!isCode}
      className={isCode ? '' : 'min-h-8 font-sans'}
      value={text}
      onChange={event => onChange(event.target.value)}
    />
  )
}

function textOf(value: FieldValue): string {
  return typeof value === 'string' ? value : ''
}
