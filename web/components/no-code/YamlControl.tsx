'use client'

import { useState } from 'react'
import { parse, stringify } from 'yaml'
import type { Json } from '#language/json'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { Textarea } from '#ui/ui/input'
import { type ControlProps, useForm } from './form-context'
import { useTypedText } from './use-typed-text'

/** Any value, as YAML; taken when the field is left. */
export function YamlControl({ labelledBy, path, value, isRequired }: ControlProps) {
  const { edit, isReadOnly } = useForm()
  const text = yamlOf(value)
  const [typed, setTyped] = useTypedText(text)
  const [problem, setProblem] = useState<string>()

  function leave() {
    if (typed === text) return setProblem(undefined)
    const read = readYaml(typed)
    setProblem(read.problem)
    if (read.problem !== undefined) return
    const isGone = read.value === null && typed.trim() === '' && !isRequired
    edit(isGone ? { kind: 'unset', path } : { kind: 'set', path, value: read.value })
  }
  return (
    <div>
      <Textarea
        aria-labelledby={labelledBy}
        aria-invalid={problem ? true : undefined}
        readOnly={isReadOnly}
        spellCheck={false}
        data-own-undo={typed === text ? undefined : ''}
        rows={Math.min(12, Math.max(1, typed.split('\n').length))}
        className="min-h-8 resize-y leading-5"
        value={typed}
        onChange={({ target }) => setTyped(target.value, text)}
        onBlur={leave}
      />
      {problem && <p className="mt-1 text-danger text-xs">{problem}</p>}
    </div>
  )
}

/** A value that a field can't show, as it stands in the flow. */
export function AsWritten({ path, value }: { path: ControlProps['path']; value: Json | undefined }) {
  const { goTo, lineOf } = useForm()
  return (
    <div className="rounded-md border border-dashed bg-subtle px-2.5 py-1.5">
      <pre className="max-h-40 overflow-auto font-mono text-xs">{yamlOf(value)}</pre>
      <Button size="sm" variant="ghost" className="-mb-0.5 -ml-2" onClick={() => goTo(lineOf(path))}>
        {formText.editInCode}
      </Button>
    </div>
  )
}

function yamlOf(value: Json | undefined): string {
  if (value === undefined) return ''
  // A text that reads as itself needs no quotes here.
  if (typeof value === 'string' && readYaml(value).value === value) return value
  return stringify(value, { lineWidth: 0 }).trimEnd()
}

function readYaml(text: string): { value: Json; problem?: string } {
  try {
    return { value: (parse(text) ?? null) as Json }
  } catch (error) {
    return {
      value: null,
      problem: formText.noYaml(error instanceof Error ? error.message.split('\n')[0] : undefined),
    }
  }
}
