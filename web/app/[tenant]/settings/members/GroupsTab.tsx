'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Users, X } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { FormDialog } from '#ui/FormDialog'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { AddRoleDialog, type RoleHolder } from './AddRoleDialog'
import { BindingList } from './BindingList'
import { type Group, nameOf, useSeatChange } from './use-seats'

export function GroupsTab() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const groups = useQuery(trpc.group.list.queryOptions({ tenant }))
  const [isCreating, setIsCreating] = useState(false)
  if (groups.isPending) return <SkeletonRows count={3} />
  if (groups.isLoadingError) return <LoadProblem error={groups.error} onRetry={() => groups.refetch()} />
  const create = (
    <Button variant="primary" onClick={() => setIsCreating(true)}>
      {membersText.newGroup}
    </Button>
  )
  return (
    <div className="p-4 sm:p-6">
      {groups.data.length === 0 ? (
        <EmptyState icon={Users} title={membersText.noGroups} text={membersText.whatGroupsDo}>
          {create}
        </EmptyState>
      ) : (
        <div className="space-y-3">
          {groups.data.map(group => (
            <GroupCard key={group.id} group={group} />
          ))}
          {create}
        </div>
      )}
      {isCreating && <CreateGroup onClose={() => setIsCreating(false)} />}
    </div>
  )
}

function CreateGroup({ onClose }: { onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { onSuccess } = useSeatChange(onClose)(membersText.madeTheGroup)
  const create = useMutation(trpc.group.create.mutationOptions({ onSuccess }))
  const [name, setName] = useState('')
  return (
    <FormDialog
      title={membersText.newGroup}
      action={commonText.create}
      error={create.error}
      isBusy={create.isPending}
      onSubmit={() => create.mutate({ tenant, name })}
      onClose={onClose}
    >
      <Field label={commonText.name}>
        <Input required autoFocus maxLength={100} value={name} onChange={event => setName(event.target.value)} />
      </Field>
    </FormDialog>
  )
}

function GroupCard({ group }: { group: Group }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const after = useSeatChange()
  const remove = useMutation(trpc.group.delete.mutationOptions(after(membersText.deletedTheGroup)))
  const letGo = useMutation(trpc.group.removeMember.mutationOptions(after(membersText.tookMemberOut)))
  const [holder, setHolder] = useState<RoleHolder>()
  const [isDeleting, setIsDeleting] = useState(false)
  return (
    <section aria-label={group.name} className="space-y-2 rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-medium text-[13px]">{group.name}</h2>
        <Button size="sm" variant="ghost" onClick={() => setHolder({ kind: 'group', id: group.id, name: group.name })}>
          {membersText.giveARole}
        </Button>
        <Button size="sm" variant="danger" onClick={() => setIsDeleting(true)}>
          {commonText.delete}
        </Button>
      </div>
      <BindingList bindings={group.bindings} holder={group.name} />
      <ul className="flex flex-wrap gap-1.5">
        {group.members.map(member => (
          <li key={member.userId} className="flex items-center gap-1 rounded-full border py-0.5 pr-1 pl-2.5 text-xs">
            {nameOf(member)}
            <button
              type="button"
              className="rounded-full p-0.5 text-muted hover:bg-hover hover:text-fg"
              aria-label={membersText.takeOutOf(nameOf(member), group.name)}
              onClick={() => letGo.mutate({ tenant, id: group.id, userId: member.userId })}
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <AddMember group={group} />
      {holder && <AddRoleDialog holder={holder} onClose={() => setHolder(undefined)} />}
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        title={membersText.askDeleteGroup(group.name)}
        text={membersText.whatDeletingGroupDoes}
        action={commonText.delete}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ tenant, id: group.id })}
      />
    </section>
  )
}

function AddMember({ group }: { group: Group }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const after = useSeatChange()
  const members = useQuery(trpc.member.list.queryOptions({ tenant }))
  const add = useMutation(trpc.group.addMember.mutationOptions(after(membersText.tookMemberIn)))
  const others = members.data?.filter(({ userId }) => !group.members.some(member => member.userId === userId)) ?? []
  if (others.length === 0) return null
  return (
    <NativeSelect
      aria-label={membersText.addAMemberTo(group.name)}
      className="max-w-60"
      value=""
      onChange={event => add.mutate({ tenant, id: group.id, userId: event.target.value })}
    >
      <option value="">{membersText.addAMember}</option>
      {others.map(member => (
        <option key={member.userId} value={member.userId}>
          {nameOf(member)}
        </option>
      ))}
    </NativeSelect>
  )
}
