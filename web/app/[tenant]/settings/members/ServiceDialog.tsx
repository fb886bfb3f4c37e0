'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { CopyDialog } from '#ui/CopyDialog'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { BindingFields, emptyBinding, toNewBinding } from './BindingFields'
import { useSeatChange } from './use-seats'

/** Makes an account for a program, and its first token. */
export function ServiceDialog({ onClose }: { onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const after = useSeatChange()
  const { onSuccess } = after(membersText.madeAServiceAccount)
  const createToken = useMutation(trpc.service.createToken.mutationOptions({ onSuccess }))
  const create = useMutation(
    trpc.service.create.mutationOptions({
      onSuccess: ({ userId }) => createToken.mutate({ tenant, userId, name: 'first' }),
    }),
  )
  const [name, setName] = useState('')
  const [binding, setBinding] = useState(emptyBinding)
  if (createToken.data) {
    return (
      <CopyDialog
        title={membersText.copyItsToken}
        text={membersText.tokenShownOnce}
        value={createToken.data.value}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={membersText.newServiceAccount}
      action={commonText.create}
      error={create.error ?? createToken.error}
      isBusy={create.isPending || createToken.isPending}
      onSubmit={() => create.mutate({ tenant, name, bindings: [toNewBinding(binding)] })}
      onClose={onClose}
    >
      <Field label={commonText.name} help={membersText.whatServiceAccountsAre}>
        <Input
          required
          autoFocus
          maxLength={100}
          placeholder="deployer"
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </Field>
      <BindingFields value={binding} onChange={setBinding} />
    </FormDialog>
  )
}
