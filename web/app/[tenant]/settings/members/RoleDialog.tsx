'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { FormDialog } from '#ui/FormDialog'
import { PermissionTable } from '#ui/PermissionTable'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { type Role, useSeatChange } from './use-seats'

type Permission = Role['permissions'][number]

/** What a role allows, as a table of things and what is done with them; a built-in one can only be looked at. */
export function RoleDialog({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const roles = useQuery(trpc.role.list.queryOptions({ tenant }))
  const { onSuccess } = useSeatChange(onClose)(membersText.savedTheRole)
  const create = useMutation(trpc.role.create.mutationOptions({ onSuccess }))
  const update = useMutation(trpc.role.update.mutationOptions({ onSuccess }))
  const [name, setName] = useState(role?.name ?? '')
  const [permissions, setPermissions] = useState(new Set<Permission>(role?.permissions))
  const isFixed = role?.isBuiltIn ?? false
  // The owner may do everything there is.
  const all = roles.data?.find(({ id }) => id === 'OWNER')?.permissions ?? []
  function toggle(permission: Permission) {
    const next = new Set(permissions)
    if (!next.delete(permission)) next.add(permission)
    setPermissions(next)
  }
  function submit() {
    const text = { tenant, name, permissions: [...permissions] }
    if (isFixed) onClose()
    else if (role) update.mutate({ ...text, id: role.id })
    else create.mutate(text)
  }
  return (
    <FormDialog
      title={role ? role.name : membersText.newRole}
      action={isFixed ? commonText.close : commonText.save}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {!isFixed && (
        <Field label={commonText.name}>
          <Input required autoFocus maxLength={100} value={name} onChange={event => setName(event.target.value)} />
        </Field>
      )}
      <PermissionTable all={all} chosen={permissions} isFixed={isFixed} onToggle={toggle} />
    </FormDialog>
  )
}
