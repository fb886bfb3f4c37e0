'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { membersText } from '#text/members'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { type Outputs, useTRPC } from '#web/components/trpc'

export type Member = Outputs['member']['list'][number]
export type Group = Outputs['group']['list'][number]
export type Role = Outputs['role']['list'][number]
export type Binding = Member['bindings'][number]

/** What follows a change of members, groups or roles: the lists are read again, and it is said. */
export function useSeatChange(onDone: () => void = () => {}) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  return (said: string) => ({
    onSuccess: async () => {
      const { member, group, role, invitation } = trpc
      const filters = [member.pathFilter(), group.pathFilter(), role.pathFilter(), invitation.pathFilter()]
      await Promise.all(filters.map(filter => queryClient.invalidateQueries(filter)))
      toast(said)
      onDone()
    },
    onError: (error: unknown) => toast(messageOf(error), 'danger'),
  })
}

/** Takes a role from a member or a group. */
export function useRemoveRole() {
  const trpc = useTRPC()
  const after = useSeatChange()
  return useMutation(trpc.member.removeRole.mutationOptions(after(membersText.tookTheRoleAway)))
}

/** How a list names somebody. */
export function nameOf({ name, email }: { name: string; email: string }): string {
  return name || email
}
