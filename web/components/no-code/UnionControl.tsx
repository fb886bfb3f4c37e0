'use client'

import { useState } from 'react'
import { formText } from '#text/form'
import { NativeSelect } from '#ui/ui/input'
import { emptyOf, fits, optionOf } from './fitting'
import { type ControlProps, useForm } from './form-context'
import type { Shape } from './shapes'

/** One of several kinds of value, with a choice of the kind. */
export function UnionControl({ shape, ...props }: ControlProps & { shape: Extract<Shape, { kind: 'union' }> }) {
  const { edit, isReadOnly, Control } = useForm()
  const [chosen, setChosen] = useState<number>()
  const { path, value, labelledBy } = props
  const isWritten = value !== undefined && value !== null
  const index = isWritten ? optionOf(shape, value) : (chosen ?? 0)
  const option = shape.options[index]
  const hasWords = shape.options.some(({ word }) => word !== undefined)

  function choose(next: number) {
    const to = shape.options[next]
    setChosen(next)
    if (to?.word !== undefined) edit({ kind: 'set', path, value: startOf(to.shape, to.word) })
    else if (isWritten && to && !fits(to.shape, value)) edit({ kind: 'set', path, value: emptyOf(to.shape) })
  }
  return (
    <div className={isShort(option?.shape) ? 'flex items-start gap-1.5' : 'space-y-1.5'}>
      <NativeSelect
        aria-label={formText.kindOfValue}
        className="w-auto shrink-0 text-xs"
        disabled={isReadOnly}
        value={hasWords && !isWritten ? '' : index}
        onChange={({ target }) => (target.value === '' ? undefined : choose(Number(target.value)))}
      >
        {hasWords && !isWritten && <option value="">{formText.chooseAKind}</option>}
        {shape.options.map(({ label }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options never move
          <option key={place} value={place}>
            {label}
          </option>
        ))}
      </NativeSelect>
      {option && (isWritten || !hasWords) && (
        <div className="min-w-0 flex-1">
          <Control {...props} labelledBy={labelledBy} shape={withoutWord(option.shape, option.word)} />
        </div>
      )}
    </div>
  )
}

/** Whether its control has room beside the choice of its kind. */
function isShort(shape: Shape | undefined): boolean {
  return shape?.kind === 'text' || shape?.kind === 'number' || shape?.kind === 'choice' || shape?.kind === 'any'
}

/** The word is chosen above the fields. */
function withoutWord(shape: Shape, word: string | undefined): Shape {
  if (word === undefined || shape.kind !== 'object') return shape
  return { kind: 'object', fields: shape.fields.filter(({ name }) => name !== 'type') }
}

function startOf(shape: Shape, word: string) {
  const empty = emptyOf(shape)
  return typeof empty === 'object' && empty !== null && !Array.isArray(empty)
    ? { ...empty, type: word }
    : { type: word }
}
