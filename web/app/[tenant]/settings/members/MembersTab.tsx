'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { Age } from '#ui/Age'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { usePermissions, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { AddRoleDialog, type RoleHolder } from './AddRoleDialog'
import { BindingList } from './BindingList'
import { CopyLinkButton } from './CopyLinkButton'
import { type Member, nameOf, useSeatChange } from './use-seats'

export function MembersTab() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const members = useQuery(trpc.member.list.queryOptions({ tenant }))
  const mayUpdate = usePermissions().includes('MEMBER:UPDATE')
  const links = useQuery(trpc.member.wantedLinks.queryOptions({ tenant }, { enabled: mayUpdate }))
  const [holder, setHolder] = useState<RoleHolder>()
  const [leaving, setLeaving] = useState<Member>()
  const after = useSeatChange(() => setLeaving(undefined))
  const remove = useMutation(trpc.member.remove.mutationOptions(after(membersText.removedTheMember)))
  if (members.isPending) return <SkeletonRows count={4} />
  if (members.isLoadingError) return <LoadProblem error={members.error} onRetry={() => members.refetch()} />
  return (
    <>
      <Table>
        <thead>
          <tr>
            <Th>{membersText.member}</Th>
            <Th>{membersText.roles}</Th>
            <Th className="hidden md:table-cell">{membersText.groups}</Th>
            <Th className="hidden md:table-cell">{membersText.since}</Th>
            <Th>
              <span className="sr-only">{commonText.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {members.data.map(member => (
            <Tr key={member.userId}>
              <Td className="max-w-60">
                <p className="truncate font-medium">{nameOf(member)}</p>
                <p className="truncate text-muted text-xs">
                  {member.isService ? membersText.serviceAccount : member.name ? member.email : ''}
                </p>
                {links.data
                  ?.filter(({ userId }) => userId === member.userId)
                  .map(link => (
                    <CopyLinkButton key={link.purpose} link={link} name={nameOf(member)} />
                  ))}
              </Td>
              <Td>
                <BindingList bindings={member.bindings} holder={nameOf(member)} />
              </Td>
              <Td className="hidden text-muted text-xs md:table-cell">
                {member.groups.map(({ name }) => name).join(', ')}
              </Td>
              <Td className="hidden text-muted md:table-cell">
                <Age date={member.createdAt} />
              </Td>
              <Td className="whitespace-nowrap text-right">
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={membersText.giveARoleToNamed(nameOf(member))}
                  onClick={() => setHolder({ kind: 'member', id: member.userId, name: nameOf(member) })}
                >
                  {membersText.giveARole}
                </Button>
                <Button
                  size="sm"
                  variant="danger"
                  aria-label={membersText.removeNamed(nameOf(member))}
                  onClick={() => setLeaving(member)}
                >
                  {membersText.remove}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {holder && <AddRoleDialog holder={holder} onClose={() => setHolder(undefined)} />}
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={membersText.askRemove(leaving ? nameOf(leaving) : '')}
        text={membersText.whatRemovingDoes}
        action={membersText.remove}
        isBusy={remove.isPending}
        onConfirm={() => leaving && remove.mutate({ tenant, userId: leaving.userId })}
      />
    </>
  )
}
