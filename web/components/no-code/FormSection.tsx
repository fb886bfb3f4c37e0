'use client'

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Path } from '#language/check/problem'
import { isJsonObject, type Json } from '#language/json'
import { valueAt } from '#language/paths'
import { formText } from '#text/form'
import { cn } from '#web/components/class-names'
import { FieldList, FieldRow } from './FieldRow'
import type { FormGroup } from './form-model'
import type { Field } from './shapes'

/** Fields under a heading that folds; open where any of them is written. */
export function FormSection({
  group: { title, fields },
  path,
  value,
}: {
  group: FormGroup
  path: Path
  value: Json | undefined
}) {
  const written = writtenOf(fields, value)
  const [isOpen, setIsOpen] = useState(written.length > 0)
  const only = fieldNamed(title, fields)
  if (title === undefined) {
    return (
      <div className="space-y-3.5 px-4 pb-4">
        <FieldList fields={fields} path={path} value={value} />
      </div>
    )
  }
  return (
    <section className="border-t">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex h-10 w-full items-center gap-1.5 px-4 text-left font-medium text-[13px] text-muted hover:text-fg focus-visible:outline-offset-[-2px]"
        >
          <ChevronRight className={cn('size-4 text-faint transition-transform', isOpen && 'rotate-90')} aria-hidden />
          {title}
          <span className="ml-auto font-normal text-faint text-xs tabular-nums">{countOf(only, fields, value)}</span>
        </button>
      </h3>
      {isOpen && (
        <div className="space-y-3.5 px-4 pb-4">
          {only ? (
            <FieldRow field={only} path={[...path, only.name]} value={valueAt(value ?? null, [only.name])} isTitled />
          ) : (
            <FieldList fields={fields} path={path} value={value} />
          )}
        </div>
      )}
    </section>
  )
}

function writtenOf(fields: Field[], value: Json | undefined): Field[] {
  return fields.filter(({ name }) => isJsonObject(value) && value[name] !== undefined)
}

/** The one field of a section that is called like it: its name needn't be said twice. */
function fieldNamed(title: string | undefined, fields: Field[]): Field | undefined {
  const [first, second] = fields
  return second === undefined && first?.name === title?.toLowerCase() ? first : undefined
}

/** How many items a list has, or how many of the fields are written. */
function countOf(only: Field | undefined, fields: Field[], value: Json | undefined): string {
  if (only) {
    const list = valueAt(value ?? null, [only.name])
    return Array.isArray(list) ? String(list.length) : ''
  }
  const { length } = writtenOf(fields, value)
  return length > 0 ? formText.writtenOf(length, fields.length) : String(fields.length)
}
