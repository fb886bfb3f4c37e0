'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { Age } from '#ui/Age'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useSeatChange } from './use-seats'

export function InvitationsTab() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const invitations = useQuery(trpc.invitation.list.queryOptions({ tenant }))
  const after = useSeatChange()
  const revoke = useMutation(trpc.invitation.revoke.mutationOptions(after(membersText.endedTheInvitation)))
  if (invitations.isPending) return <SkeletonRows count={2} />
  if (invitations.isLoadingError) return <LoadProblem error={invitations.error} onRetry={() => invitations.refetch()} />
  if (invitations.data.length === 0) {
    return <EmptyState icon={Mail} title={membersText.noOpenInvitations} text={membersText.whatInvitesDo} />
  }
  return (
    <Table>
      <thead>
        <tr>
          <Th>{membersText.for}</Th>
          <Th>{membersText.roles}</Th>
          <Th className="hidden sm:table-cell">{membersText.madeAt}</Th>
          <Th className="hidden sm:table-cell">{membersText.endsAt}</Th>
          <Th>
            <span className="sr-only">{commonText.actions}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.data.map(({ id, email, bindings, createdAt, expiresAt }) => (
          <Tr key={id}>
            <Td className="font-medium">{email ?? membersText.whoeverHasTheLink}</Td>
            <Td className="text-xs">
              {bindings.map(({ role, namespace }) => membersText.roleIn(role, namespace)).join(', ')}
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <Age date={createdAt} />
            </Td>
            <Td className="hidden text-muted sm:table-cell" suppressHydrationWarning>
              {new Date(expiresAt).toLocaleDateString()}
            </Td>
            <Td className="text-right">
              <Button size="sm" variant="danger" onClick={() => revoke.mutate({ tenant, id })}>
                {membersText.end}
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
