'use client'

import { type ComponentProps, type Ref, useRef } from 'react'
import { parseDuration } from '#language/durations'
import { isTemplate } from '#language/fields'
import { type Json, toText } from '#language/json'
import { formText } from '#text/form'
import { Input, Textarea } from '#ui/ui/input'
import { ExpressionMenu } from './ExpressionMenu'
import { type ControlProps, useForm } from './form-context'
import { useTypedText } from './use-typed-text'

/** Text, of which `{{ }}` may be a part. Each letter is an edit of the flow; what isn't valid yet waits here. */
export function TextControl({ format, ...props }: ControlProps & { format: 'line' | 'lines' | 'duration' }) {
  return format === 'duration' ? (
    <TypedControl
      {...props}
      read={readDuration}
      placeholder="PT30S, PT5M, P1D"
      hint={formText.writeDurationSuchPt30s}
    />
  ) : (
    <TypedControl {...props} read={text => text} isLong={format === 'lines'} />
  )
}

/** A number, or an expression that gives one. */
export function NumberControl({ isWhole, ...props }: ControlProps & { isWhole: boolean }) {
  return (
    <TypedControl
      {...props}
      read={text => readNumber(text, isWhole)}
      inputMode="decimal"
      hint={isWhole ? formText.writeAWholeNumber : formText.writeANumber}
    />
  )
}

type TypedProps = ControlProps & {
  /** What the letters say; undefined where that is nothing valid yet. */
  read: (text: string) => Json | undefined
  isLong?: boolean
  hint?: string
  placeholder?: string
  inputMode?: ComponentProps<'input'>['inputMode']
}

function TypedControl({ labelledBy, path, value, isRequired, read, isLong, hint, placeholder, inputMode }: TypedProps) {
  const { edit, isReadOnly, mayExpress } = useForm()
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [typed, setTyped, reset] = useTypedText(toText(value))
  const isValid = typed === '' || read(typed) !== undefined

  function type(text: string) {
    const becomes = text === '' ? '' : read(text)
    setTyped(text, toText(becomes ?? value))
    if (becomes !== undefined && becomes !== value) edit({ kind: 'set', path, value: becomes }, 'typing')
  }
  function leave() {
    if (!isValid) reset()
    else if (typed === '' && value === '' && !isRequired) edit({ kind: 'unset', path })
  }
  function insert(expression: string) {
    const at = field.current?.selectionStart ?? typed.length
    const end = field.current?.selectionEnd ?? at
    const isInside = typed.lastIndexOf('{{', at - 1) > typed.lastIndexOf('}}', at - 1)
    const text = isInside ? expression : `{{ ${expression} }}`
    type(typed.slice(0, at) + text + typed.slice(end))
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(at + text.length, at + text.length)
    })
  }

  const common = {
    'aria-labelledby': labelledBy,
    'aria-invalid': isValid ? undefined : true,
    value: typed,
    placeholder,
    readOnly: isReadOnly,
    spellCheck: false,
    // What isn't valid is not part of the text yet, and so nothing that the document could undo.
    'data-own-undo': isValid ? undefined : '',
    onBlur: leave,
    ref: field as Ref<never>,
  }
  const isMany = isLong === true || typed.includes('\n')
  return (
    <div>
      <div className="group/text relative flex items-start">
        {isMany ? (
          <Textarea
            {...common}
            rows={Math.min(16, Math.max(3, typed.split('\n').length))}
            className="min-h-8 resize-y leading-5"
            onChange={event => type(event.target.value)}
          />
        ) : (
          <Input
            {...common}
            inputMode={inputMode}
            className={isTemplate(typed) ? 'font-mono text-violet' : undefined}
            onChange={event => type(event.target.value)}
          />
        )}
        {!isReadOnly && mayExpress(path) && (
          <div className="absolute top-0.5 right-0.5 rounded-md bg-surface">
            <ExpressionMenu onChoose={insert} />
          </div>
        )}
      </div>
      {!isValid && hint && <p className="mt-1 text-danger text-xs">{hint}</p>}
    </div>
  )
}

function readDuration(text: string): Json | undefined {
  return isTemplate(text) || parseDuration(text) !== null ? text : undefined
}

function readNumber(text: string, isWhole: boolean): Json | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number)) return isTemplate(text) ? text : undefined
  return Number.isFinite(number) && (!isWhole || Number.isInteger(number)) ? number : undefined
}
