'use client'

import { ChevronRight, CircleAlert, RotateCcw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { Path } from '#language/check/problem'
import type { Diagnostic } from '#language/diagnostics'
import { isJsonObject, type Json } from '#language/json'
import { commonText } from '#text/common'
import { formText } from '#text/form'
import { Markdown } from '#ui/plugins/Markdown'
import { Button } from '#ui/ui/button'
import { cn } from '#web/components/class-names'
import { useForm } from './form-context'
import type { Field } from './shapes'

const manyFields = 6

/**
 * Fields one below the other: what is needed and what was written when they came into sight first, for a field must not
 * move while one types in it. Deprecated ones only where they are written. `folds`: many others wait behind a button.
 */
export function FieldList({
  fields,
  path,
  value,
  folds = false,
}: {
  fields: Field[]
  path: Path
  value: Json | undefined
  folds?: boolean
}) {
  const values = isJsonObject(value) ? value : {}
  const isWritten = ({ name }: Field) => ownValue(values, name) !== undefined
  const [first] = useState(() => new Set(fields.filter(field => field.isRequired || isWritten(field))))
  const [isWhole, setIsWhole] = useState(false)
  const offered = fields.filter(field => !field.isDeprecated || isWritten(field))
  const ahead = offered.filter(field => first.has(field))
  const others = offered.filter(field => !first.has(field))
  const isFolded = folds && !isWhole && others.length > manyFields
  const shown = isFolded ? [...ahead, ...others.filter(isWritten)] : [...ahead, ...others]
  return (
    <>
      {shown.map(field => (
        <FieldRow key={field.name} field={field} path={[...path, field.name]} value={ownValue(values, field.name)} />
      ))}
      {isFolded && (
        <Button size="sm" variant="ghost" className="-ml-2" onClick={() => setIsWhole(true)}>
          <ChevronRight aria-hidden /> {formText.showMore(offered.length - shown.length)}
        </Button>
      )}
    </>
  )
}

/** Name, description, where it is written, its control, and what is wrong with it. */
export function FieldRow({
  field,
  path,
  value,
  isTitled = false,
}: {
  field: Field
  path: Path
  value: Json | undefined
  /** A heading above it says its name already. */
  isTitled?: boolean
}) {
  const { Control, problemsAt } = useForm()
  const id = useId()
  const isFolding = field.shape.kind === 'object'
  const isWritten = value !== undefined
  const [isOpen, setIsOpen] = useState(isWritten || field.isRequired)
  const isShown = !isFolding || isOpen
  const problems = problemsAt(path, isShown && holdsOthers(field) ? undefined : 'deep')
  return (
    <div className="group/field">
      <div className={cn('mb-1 flex min-h-6 items-center gap-1.5', isTitled && 'sr-only')}>
        {isFolding ? (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            className="-ml-1 flex items-center gap-0.5 rounded font-medium text-[13px]"
          >
            <ChevronRight
              className={cn('size-3.5 text-faint transition-transform', isOpen && 'rotate-90')}
              aria-hidden
            />
            <span id={id}>{field.name}</span>
          </button>
        ) : (
          <span id={id} className="font-medium text-[13px]">
            {field.name}
          </span>
        )}
        <Marks field={field} />
        <span className="ml-auto flex items-center">{isWritten && <Place field={field} path={path} />}</span>
      </div>
      {field.description && <Markdown text={field.description} className="mb-1.5 text-muted text-xs" />}
      {isShown && (
        <Control
          labelledBy={id}
          path={path}
          value={value}
          shape={field.shape}
          fallback={field.fallback}
          isRequired={field.isRequired}
        />
      )}
      <Problems problems={problems} />
    </div>
  )
}

function Marks({ field: { isRequired, isDeprecated, fallback, shape } }: { field: Field }) {
  return (
    <>
      {isRequired && (
        <span className="text-danger text-xs" title={formText.requiredHint}>
          *<span className="sr-only"> {formText.requiredMark}</span>
        </span>
      )}
      {isDeprecated && <Chip className="bg-warning-soft text-warning">{formText.deprecated}</Chip>}
      {isTold(fallback) && shape.kind !== 'choice' && (
        <span className="truncate text-faint text-xs">{formText.fallback(String(fallback))}</span>
      )}
    </>
  )
}

function isTold(fallback: unknown): boolean {
  return (
    (typeof fallback === 'string' && fallback !== '') || typeof fallback === 'number' || typeof fallback === 'boolean'
  )
}

function Chip({ className, children }: { className: string; children: ReactNode }) {
  return <span className={cn('rounded-full px-1.5 text-[11px] leading-4', className)}>{children}</span>
}

/** Where the value is written, and the way back to its default. */
function Place({ field, path }: { field: Field; path: Path }) {
  const { isReadOnly, edit, goTo, lineOf } = useForm()
  const line = lineOf(path)
  return (
    <>
      {!isReadOnly && !field.isRequired && (
        <Button
          variant="ghost"
          size="icon"
          className="size-6 opacity-0 focus-visible:opacity-100 group-hover/field:opacity-100 [&_svg]:size-3.5"
          aria-label={formText.remove(field.name)}
          title={formText.takeOutFlow}
          onClick={() => edit({ kind: 'unset', path })}
        >
          <RotateCcw />
        </Button>
      )}
      <button
        type="button"
        onClick={() => goTo(line)}
        title={formText.showLineCode(line)}
        className="rounded px-1 text-faint text-xs tabular-nums hover:text-fg"
      >
        {formText.line(line)}
      </button>
    </>
  )
}

export function Problems({ problems }: { problems: Diagnostic[] }) {
  return problems.map(({ severity, message, code, range }) => {
    const Icon = severity === 'error' ? CircleAlert : TriangleAlert
    return (
      <p
        key={`${range.start} ${code} ${message}`}
        className={cn('mt-1 flex items-start gap-1.5 text-xs', severity === 'error' ? 'text-danger' : 'text-warning')}
      >
        <Icon className="mt-0.5 size-3 shrink-0" aria-label={commonText.severities[severity]} /> {message}
      </p>
    )
  })
}

/** Whose fields inside tell their own problems. */
function holdsOthers({ shape }: Field): boolean {
  return shape.kind === 'object' || shape.kind === 'plugin' || shape.kind === 'tasks'
}

function ownValue(values: { [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
