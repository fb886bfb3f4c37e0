'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { membersText } from '#text/members'
import { FormDialog } from '#ui/FormDialog'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { BindingFields, emptyBinding, toNewBinding } from './BindingFields'
import { useSeatChange } from './use-seats'

export type RoleHolder = { kind: 'member' | 'group'; id: string; name: string }

/** Gives a member or a group one more role. */
export function AddRoleDialog({ holder, onClose }: { holder: RoleHolder; onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { onSuccess } = useSeatChange(onClose)(membersText.gaveTheRole)
  const toMember = useMutation(trpc.member.addRole.mutationOptions({ onSuccess }))
  const toGroup = useMutation(trpc.group.addRole.mutationOptions({ onSuccess }))
  const [text, setText] = useState(emptyBinding)
  const binding = toNewBinding(text)
  const submit = () =>
    holder.kind === 'member'
      ? toMember.mutate({ tenant, userId: holder.id, binding })
      : toGroup.mutate({ tenant, id: holder.id, binding })
  return (
    <FormDialog
      title={membersText.giveRoleTo(holder.name)}
      action={membersText.giveTheRole}
      error={toMember.error ?? toGroup.error}
      isBusy={toMember.isPending || toGroup.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <BindingFields value={text} onChange={setText} />
    </FormDialog>
  )
}
