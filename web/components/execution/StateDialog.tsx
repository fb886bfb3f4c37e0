'use client'

import { useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'

/** Another state for what has ended, and why. */
export function StateDialog<State extends string>({
  title,
  description,
  states,
  onClose,
  onSubmit,
}: {
  title: string
  description: string
  states: readonly [State, ...State[]]
  onClose: () => void
  onSubmit: (change: { state: State; reason?: string }) => void
}) {
  const [state, setState] = useState<State>(states[0])
  const [reason, setReason] = useState('')
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={title} description={description}>
        <form
          onSubmit={event => {
            event.preventDefault()
            onSubmit({ state, ...(reason.trim() ? { reason } : {}) })
          }}
        >
          <DialogBody className="space-y-4">
            <Field label={executionText.state}>
              <NativeSelect value={state} onChange={event => setState(event.target.value as State)}>
                {states.map(name => (
                  <option key={name}>{name}</option>
                ))}
              </NativeSelect>
            </Field>
            <Field label={executionText.reason} isOptional help={executionText.reasonHelp}>
              <Input value={reason} maxLength={500} onChange={event => setReason(event.target.value)} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{commonText.cancel}</Button>
            <Button type="submit" variant="primary">
              {commonText.change}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
