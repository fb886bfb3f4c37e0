'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Replace, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useToast } from '#ui/ui/toast'
import type { Rewrite } from '#web/components/flow-editor/use-rewrite'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

export function FlowMenu({ flow: { namespace, id }, onRewrite }: { flow: Outputs['flow']['get']; onRewrite: Rewrite }) {
  const tenant = useTenant()
  const [isDeleting, setIsDeleting] = useState(false)
  const remove = useDeleteFlow(tenant)
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More actions">
            <Ellipsis />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => onRewrite('toNew')}>
            <Replace aria-hidden /> Rewrite for Kestra 2
          </MenuItem>
          <MenuItem onSelect={() => onRewrite('toOld')}>
            <Replace aria-hidden /> Rewrite for Kestra 1
          </MenuItem>
          <MenuItem className="text-danger [&_svg]:text-danger" onSelect={() => setIsDeleting(true)}>
            <Trash2 aria-hidden /> Delete flow
          </MenuItem>
        </MenuContent>
      </Menu>
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        title={`Delete ${id}?`}
        text="It can no longer be run. Its executions stay."
        action="Delete flow"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ tenant, namespace, id })}
      />
    </>
  )
}

function useDeleteFlow(tenant: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  return useMutation(
    trpc.flow.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        router.replace(`/${tenant}/flows`)
        toast(`Deleted ${id}`)
        await queryClient.invalidateQueries(trpc.flow.list.pathFilter())
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
}
