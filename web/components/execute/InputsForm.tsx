'use client'

import { Play } from 'lucide-react'
import { type FormEvent, type ReactNode, useId } from 'react'
import type { Input } from '#language/inputs/input'
import { commonText } from '#text/common'
import { executeText } from '#text/execute'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '#ui/ui/dialog'
import { messageOf } from '#web/components/request-error'
import { FormGroup } from './FormGroup'
import { groupByForm, withChoices } from './group-inputs'
import { InputField } from './InputField'
import { problemsByInput, type SentInputs, StartError } from './send-inputs'
import { type AskedFlow, useInputPreview } from './use-input-preview'
import { useInputValues } from './use-input-values'

/** A form made of inputs, inside a dialog. What the server refuses stands at its field. */
export function InputsForm({
  inputs,
  flow,
  action,
  error,
  isBusy,
  isBlocked,
  onSubmit,
  children,
  after,
}: {
  inputs: Input[]
  /** Where the inputs are a flow's: then they come, go and get their choices as others are filled in. */
  flow?: AskedFlow
  action: string
  error: unknown
  isBusy: boolean
  /** Something else is still missing. */
  isBlocked?: boolean
  onSubmit: (inputs: SentInputs) => void
  /** Fields of another kind, before the inputs. */
  children?: ReactNode
  /** The same, below them. */
  after?: ReactNode
}) {
  const formId = useId()
  const form = useInputValues(inputs)
  const preview = useInputPreview(inputs, form.values, flow)
  const asked = inputs.filter(({ id }) => preview.get(id)?.isEnabled !== false)
  const problems = error instanceof StartError ? error.problems : []
  const ids = inputs.map(({ id }) => id)
  const refused = problemsByInput(problems, ids)
  const isAllAtFields = problems.length > 0 && problems.every(problem => problemsByInput([problem], ids).size > 0)

  function submit(event: FormEvent) {
    event.preventDefault()
    const sent = form.read(asked)
    if (sent) onSubmit(sent)
  }

  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit} noValidate className="space-y-4">
          {Boolean(error) && !isAllAtFields && <Alert tone="danger">{messageOf(error)}</Alert>}
          {children}
          {inputs.length === 0 && children === undefined && (
            <p className="text-[13px] text-muted">{executeText.nothingToFillIn}</p>
          )}
          {groupByForm(asked).map(({ form: place, inputs: held }) => (
            <FormGroup key={held[0]?.id} place={place}>
              {held.map(input => (
                <InputField
                  key={input.id}
                  input={withChoices(input, preview.get(input.id))}
                  fallback={preview.get(input.id)?.fallback}
                  value={form.values[input.id]}
                  onChange={value => form.set(input.id, value)}
                  problem={form.problems[input.id] ?? refused.get(input.id)}
                />
              ))}
            </FormGroup>
          ))}
          {after}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose>
          <Button>{commonText.cancel}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" autoFocus isBusy={isBusy} disabled={isBlocked}>
          <Play aria-hidden /> {action}
        </Button>
      </DialogFooter>
    </>
  )
}
