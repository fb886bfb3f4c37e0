'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { CopyDialog } from '#ui/CopyDialog'
import { FormDialog } from '#ui/FormDialog'
import { PermissionTable } from '#ui/PermissionTable'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { usePermissions, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Permission } from '#web/server/access/permissions'

const lifetimes = [
  { days: 30, label: settingsText.days(30) },
  { days: 90, label: settingsText.days(90) },
  { days: 365, label: settingsText.aYear },
  { days: undefined, label: settingsText.never },
]

const reaches = [
  { value: 'all', label: settingsText.allThatYouMay },
  { value: 'read', label: settingsText.lookAndChangeNothing },
  { value: 'chosen', label: settingsText.whatYouChoose },
] as const
type Reach = (typeof reaches)[number]['value']

export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(
    trpc.token.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.token.list.pathFilter()),
    }),
  )
  const [name, setName] = useState('')
  const [lifetime, setLifetime] = useState(1)
  const [reach, setReach] = useState<Reach>('all')
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set())
  const [namespaces, setNamespaces] = useState('')
  const own = usePermissions()
  function toggle(permission: Permission) {
    const next = new Set(chosen)
    if (!next.delete(permission)) next.add(permission)
    setChosen(next)
  }
  function submit() {
    const scope = toScope({ reach, chosen, namespaces }, own)
    create.mutate({ tenant, name, expiresInDays: lifetimes[lifetime]?.days, ...(scope && { scope }) })
  }
  if (create.data) {
    return (
      <CopyDialog
        title={settingsText.copyYourToken}
        text={settingsText.shownOnce}
        value={create.data.value}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={settingsText.newApiToken}
      action={settingsText.createToken}
      error={create.error}
      isBusy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={commonText.name} help={settingsText.tokenNameHelp}>
        <Input
          required
          autoFocus
          maxLength={100}
          placeholder={settingsText.tokenNameExample}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </Field>
      <Field label={settingsText.expiresAfter}>
        <NativeSelect value={lifetime} onChange={event => setLifetime(Number(event.target.value))}>
          {lifetimes.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={settingsText.whatItMayDo} help={settingsText.neverMoreThanYou}>
        <NativeSelect value={reach} onChange={event => setReach(event.target.value as Reach)}>
          {reaches.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {reach === 'chosen' && <PermissionTable all={own} chosen={chosen} onToggle={toggle} />}
      <Field label={settingsText.onlyInNamespaces} isOptional help={settingsText.onlyInNamespacesHelp}>
        <Input placeholder="company.team" value={namespaces} onChange={event => setNamespaces(event.target.value)} />
      </Field>
    </FormDialog>
  )
}

type Wanted = { reach: Reach; chosen: ReadonlySet<Permission>; namespaces: string }

/** What a token is narrowed to; undefined where it is not. */
function toScope({ reach, chosen, namespaces }: Wanted, own: readonly Permission[]) {
  const within = namespaces.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()]))
  const permissions = reach === 'read' ? own.filter(permission => permission.endsWith(':READ')) : [...chosen]
  if (reach === 'all' && within.length === 0) return undefined
  return { ...(reach !== 'all' && { permissions }), ...(within.length > 0 && { namespaces: within }) }
}
