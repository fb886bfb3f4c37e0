'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { SaveBlueprintDialog } from '#ui/blueprint/SaveBlueprintDialog'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { BlueprintDetail } from './BlueprintView'

/** What may be done with one of the tenant's own. */
export function BlueprintMenu({ blueprint }: { blueprint: BlueprintDetail }) {
  const tenant = useTenant()
  const may = useMay()
  const [opened, setOpened] = useState<'edit' | 'delete'>()
  const remove = useDelete(tenant)
  const mayEdit = may('BLUEPRINT:UPDATE')
  const mayDelete = may('BLUEPRINT:DELETE')
  if (blueprint.kind !== 'OWN' || (!mayEdit && !mayDelete)) return null
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={commonText.moreActions}>
            <Ellipsis />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          {mayEdit && (
            <MenuItem onSelect={() => setOpened('edit')}>
              <Pencil aria-hidden /> {blueprintText.edit}
            </MenuItem>
          )}
          {mayDelete && (
            <MenuItem className="text-danger [&_svg]:text-danger" onSelect={() => setOpened('delete')}>
              <Trash2 aria-hidden /> {blueprintText.deleteBlueprint}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {opened === 'edit' && <SaveBlueprintDialog blueprint={blueprint} onClose={() => setOpened(undefined)} />}
      <ConfirmDialog
        isOpen={opened === 'delete'}
        onClose={() => setOpened(undefined)}
        title={blueprintText.askToDelete(blueprint.title)}
        text={blueprintText.whatDeletingDoes}
        action={blueprintText.deleteBlueprint}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ tenant, id: blueprint.id })}
      />
    </>
  )
}

function useDelete(tenant: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  return useMutation(
    trpc.blueprint.delete.mutationOptions({
      onSuccess: async () => {
        router.replace(`/${tenant}/blueprints?kind=OWN`)
        toast(blueprintText.deletedTheBlueprint)
        await queryClient.invalidateQueries(trpc.blueprint.list.pathFilter())
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
}
