'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { RoleDialog } from './RoleDialog'
import { type Role, useSeatChange } from './use-seats'

export function RolesTab() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const roles = useQuery(trpc.role.list.queryOptions({ tenant }))
  const [edited, setEdited] = useState<Role | 'new'>()
  const [deleted, setDeleted] = useState<Role>()
  const after = useSeatChange(() => setDeleted(undefined))
  const remove = useMutation(trpc.role.delete.mutationOptions(after(membersText.deletedTheRole)))
  if (roles.isPending) return <SkeletonRows count={5} />
  if (roles.isLoadingError) return <LoadProblem error={roles.error} onRetry={() => roles.refetch()} />
  return (
    <>
      <Table>
        <thead>
          <tr>
            <Th>{membersText.role}</Th>
            <Th className="hidden sm:table-cell">{membersText.whatItIsFor}</Th>
            <Th>{membersText.permissions}</Th>
            <Th>
              <span className="sr-only">{commonText.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {roles.data.map(role => (
            <Tr key={role.id}>
              <Td className="whitespace-nowrap font-medium">{role.name}</Td>
              <Td className="hidden text-muted sm:table-cell">{role.description}</Td>
              <Td className="text-muted">{role.permissions.length}</Td>
              <Td className="whitespace-nowrap text-right">
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => setEdited(role)}
                  aria-label={membersText.lookAtNamed(role.name)}
                >
                  {role.isBuiltIn ? membersText.look : commonText.change}
                </Button>
                {!role.isBuiltIn && (
                  <Button
                    size="sm"
                    variant="danger"
                    onClick={() => setDeleted(role)}
                    aria-label={membersText.deleteNamed(role.name)}
                  >
                    {commonText.delete}
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <div className="p-4 sm:px-6">
        <Button onClick={() => setEdited('new')}>{membersText.newRole}</Button>
      </div>
      {edited && <RoleDialog role={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      <ConfirmDialog
        isOpen={deleted !== undefined}
        onClose={() => setDeleted(undefined)}
        title={membersText.askDeleteRole(deleted?.name ?? '')}
        text={membersText.whatDeletingRoleDoes}
        action={commonText.delete}
        isBusy={remove.isPending}
        onConfirm={() => deleted && remove.mutate({ tenant, id: deleted.id })}
      />
    </>
  )
}
