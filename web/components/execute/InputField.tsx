'use client'

import type { ComponentType } from 'react'
import type { Input as FlowInput, InputType } from '#language/inputs/input'
import type { Json } from '#language/json'
import { executeText } from '#text/execute'
import { Field } from '#ui/ui/field'
import { ChoicesField, SelectField, SwitchField, UploadField } from './choice-fields'
import { isTemplate } from './input-values'
import { ListField } from './ListField'
import { type ControlProps, plainField, TextField } from './text-fields'

/** One control per type of input. */
const controls: Record<InputType, ComponentType<ControlProps>> = {
  STRING: TextField,
  SECRET: plainField({ type: 'password', autoComplete: 'off' }),
  INT: plainField({ type: 'number', step: '1' }),
  FLOAT: plainField({ type: 'number', step: 'any' }),
  BOOL: SwitchField,
  BOOLEAN: SwitchField,
  SELECT: SelectField,
  ENUM: SelectField,
  MULTISELECT: ChoicesField,
  ARRAY: ListField,
  DATETIME: plainField({ type: 'datetime-local', step: '1' }),
  DATE: plainField({ type: 'date' }),
  TIME: plainField({ type: 'time', step: '1' }),
  DURATION: plainField({ placeholder: 'PT5M' }),
  FILE: UploadField,
  JSON: TextField,
  YAML: TextField,
  URI: plainField({ type: 'url', placeholder: 'https://' }),
  EMAIL: plainField({ type: 'email' }),
}

export function InputField({
  input,
  fallback,
  problem,
  ...rest
}: { input: FlowInput; fallback?: Json; problem?: string } & Omit<ControlProps, 'input'>) {
  const Control = controls[input.type]
  return (
    <Field
      label={
        <span>
          {input.displayName ?? ownName(input)} <span className="font-normal text-faint text-xs">{input.type}</span>
        </span>
      }
      help={helpOf(input, fallback)}
      problem={problem}
      isOptional={!input.required}
    >
      <Control input={input} {...rest} />
    </Field>
  )
}

/** The form around it already says its own part of the id. */
function ownName({ id, form }: FlowInput): string {
  return form === undefined ? id : id.slice(form.id.length + 1)
}

function helpOf(input: FlowInput, fallback: Json | undefined): string | undefined {
  const parts = [input.description, becomes(input, fallback)]
  return parts.filter(Boolean).join(' ') || undefined
}

function becomes(input: FlowInput, fallback: Json | undefined): string | undefined {
  const isFirst = 'autoSelectFirst' in input && input.autoSelectFirst && input.values === undefined
  if (!isFirst && !isTemplate(input.defaults)) return undefined
  const value = shown(fallback)
  if (value === undefined && isFirst) return executeText.becomesTheFirstChoice
  return executeText.becomes(value ?? String(input.defaults))
}

function shown(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
