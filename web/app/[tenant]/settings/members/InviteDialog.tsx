'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { membersText } from '#text/members'
import { CopyDialog } from '#ui/CopyDialog'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { BindingFields, emptyBinding, toNewBinding } from './BindingFields'
import { useSeatChange } from './use-seats'

/** Makes a link that lets somebody in, with a role. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const after = useSeatChange()
  const { onSuccess } = after(membersText.madeAnInvitation)
  const create = useMutation(trpc.invitation.create.mutationOptions({ onSuccess }))
  const [email, setEmail] = useState('')
  const [binding, setBinding] = useState(emptyBinding)
  const [days, setDays] = useState(7)
  if (create.data) {
    return (
      <CopyDialog
        title={membersText.sendThisLink}
        text={membersText.linkShownOnce}
        value={`${window.location.origin}/invitations/${create.data.value}`}
        onClose={onClose}
      />
    )
  }
  const submit = () =>
    create.mutate({
      tenant,
      bindings: [toNewBinding(binding)],
      expiresInDays: days,
      ...(email.trim() && { email: email.trim() }),
    })
  return (
    <FormDialog
      title={membersText.inviteToThisTenant}
      action={membersText.makeALink}
      error={create.error}
      isBusy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={membersText.email} isOptional help={membersText.invitedEmailHelp}>
        <Input type="email" autoFocus value={email} onChange={event => setEmail(event.target.value)} />
      </Field>
      <BindingFields value={binding} onChange={setBinding} />
      <Field label={membersText.validFor}>
        <NativeSelect value={days} onChange={event => setDays(Number(event.target.value))}>
          {[1, 7, 30].map(count => (
            <option key={count} value={count}>
              {membersText.days(count)}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </FormDialog>
  )
}
