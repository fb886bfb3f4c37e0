'use client'

import type { ComponentType } from 'react'
import type { Input as FlowInput, InputType } from '#language/inputs/input'
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
  problem,
  ...rest
}: { input: FlowInput; problem?: string } & Omit<ControlProps, 'input'>) {
  const Control = controls[input.type]
  return (
    <Field
      label={
        <span>
          {input.displayName ?? input.id} <span className="font-normal text-faint text-xs">{input.type}</span>
        </span>
      }
      help={helpOf(input)}
      problem={problem}
      isOptional={!input.required}
    >
      <Control input={input} {...rest} />
    </Field>
  )
}

function helpOf(input: FlowInput): string | undefined {
  const parts = [
    input.description,
    isTemplate(input.defaults) ? `Left empty, it becomes ${input.defaults}` : undefined,
    input.dependsOn ? `Used only with ${input.dependsOn.inputs.join(', ')}.` : undefined,
  ]
  return parts.filter(Boolean).join(' ') || undefined
}
