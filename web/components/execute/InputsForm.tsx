'use client'

import { Play } from 'lucide-react'
import { type FormEvent, useId } from 'react'
import type { Input } from '#language/inputs/input'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '#ui/ui/dialog'
import { messageOf } from '#web/components/request-error'
import { InputField } from './InputField'
import { problemsByInput, type SentInputs, StartError } from './send-inputs'
import { useInputValues } from './use-input-values'

/** A form made of inputs, inside a dialog. What the server refuses stands at its field. */
export function InputsForm({
  inputs,
  action,
  error,
  isBusy,
  onSubmit,
}: {
  inputs: Input[]
  action: string
  error: unknown
  isBusy: boolean
  onSubmit: (inputs: SentInputs) => void
}) {
  const formId = useId()
  const form = useInputValues(inputs)
  const problems = error instanceof StartError ? error.problems : []
  const ids = inputs.map(({ id }) => id)
  const refused = problemsByInput(problems, ids)
  const isAllAtFields = problems.length > 0 && problems.every(problem => problemsByInput([problem], ids).size > 0)

  function submit(event: FormEvent) {
    event.preventDefault()
    const sent = form.read()
    if (sent) onSubmit(sent)
  }

  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit} noValidate className="space-y-4">
          {Boolean(error) && !isAllAtFields && <Alert tone="danger">{messageOf(error)}</Alert>}
          {inputs.length === 0 && <p className="text-[13px] text-muted">Nothing to fill in.</p>}
          {inputs.map(input => (
            <InputField
              key={input.id}
              input={input}
              value={form.values[input.id]}
              onChange={value => form.set(input.id, value)}
              problem={form.problems[input.id] ?? refused.get(input.id)}
            />
          ))}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" autoFocus isBusy={isBusy}>
          <Play aria-hidden /> {action}
        </Button>
      </DialogFooter>
    </>
  )
}
