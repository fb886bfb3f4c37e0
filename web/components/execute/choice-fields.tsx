'use client'

import { executeText } from '#text/execute'
import { Input, NativeSelect } from '#ui/ui/input'
import { Switch } from '#ui/ui/switch'
import { formatSize } from '#web/components/values/format-size'
import { type Choice, choicesOf } from './input-values'
import { ListField } from './ListField'
import type { ControlProps } from './text-fields'

function choices(input: ControlProps['input']): Choice[] {
  return input.type === 'SELECT' || input.type === 'ENUM' || input.type === 'MULTISELECT' ? choicesOf(input) : []
}

export function SwitchField({ input: _input, value, onChange, id, ...rest }: ControlProps) {
  return (
    <div className="flex h-8 items-center">
      <Switch id={id} checked={value === true} onCheckedChange={onChange} aria-describedby={rest['aria-describedby']} />
    </div>
  )
}

export function SelectField({ input, value, onChange, ...rest }: ControlProps) {
  const known = choices(input)
  // Values that an expression gives are known to the server alone.
  if (known.length === 0 || (input.type === 'SELECT' && input.allowCustomValue)) {
    return (
      <>
        <Input
          {...rest}
          list={`${rest.id}-choices`}
          value={typeof value === 'string' ? value : ''}
          onChange={event => onChange(event.target.value)}
        />
        <datalist id={`${rest.id}-choices`}>
          {known.map(choice => (
            <option key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </datalist>
      </>
    )
  }
  if (input.type === 'SELECT' && input.isRadio)
    return <RadioField choices={known} value={value} onChange={onChange} {...rest} />
  return (
    <NativeSelect
      {...rest}
      value={typeof value === 'string' ? value : ''}
      onChange={event => onChange(event.target.value)}
    >
      <option value="">{executeText.choose}</option>
      {known.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </NativeSelect>
  )
}

function RadioField({
  choices: known,
  value,
  onChange,
  id,
  ...rest
}: Omit<ControlProps, 'input'> & { choices: Choice[] }) {
  return (
    <fieldset id={id} className="space-y-1 rounded-md border p-2.5" aria-describedby={rest['aria-describedby']}>
      {known.map(choice => (
        <label key={choice.value} className="flex items-center gap-2 text-[13px]">
          <input
            type="radio"
            name={id}
            className="size-4 accent-accent"
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

export function ChoicesField({ input, value, onChange, ...rest }: ControlProps) {
  const known = choices(input)
  const chosen = Array.isArray(value) ? value : []
  if (known.length === 0 || (input.type === 'MULTISELECT' && input.allowCustomValue)) {
    return <ListField input={input} value={value} onChange={onChange} {...rest} />
  }
  return (
    <fieldset className="space-y-1 rounded-md border p-2.5" aria-describedby={rest['aria-describedby']}>
      {known.map(choice => (
        <label key={choice.value} className="flex items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen.includes(choice.value)}
            onChange={event =>
              onChange(event.target.checked ? [...chosen, choice.value] : chosen.filter(one => one !== choice.value))
            }
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

export function UploadField({ input, value, onChange, ...rest }: ControlProps) {
  const extensions = input.type === 'FILE' ? input.allowedFileExtensions : undefined
  return (
    <div>
      <input
        {...rest}
        type="file"
        accept={extensions?.join(',')}
        onChange={event => onChange(event.target.files?.[0])}
        className="w-full rounded-md border border-line-strong border-dashed p-2 text-[13px] text-muted file:mr-3 file:rounded-md file:border-0 file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-fg"
      />
      {value instanceof File && <p className="mt-1 text-muted text-xs">{formatSize(value.size)}</p>}
    </div>
  )
}
