'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, FlaskConical, LayoutTemplate, Replace, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { SaveBlueprintDialog } from '#ui/blueprint/SaveBlueprintDialog'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useToast } from '#ui/ui/toast'
import type { Rewrite } from '#web/components/flow-editor/use-rewrite'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

const PlayDialog = dynamic(() => import('#ui/playground/PlayDialog').then(module => module.PlayDialog))

export function FlowMenu({ flow, onRewrite }: { flow: Outputs['flow']['get']; onRewrite: Rewrite }) {
  const { namespace, id } = flow
  const tenant = useTenant()
  const [isDeleting, setIsDeleting] = useState(false)
  const [isKeeping, setIsKeeping] = useState(false)
  const remove = useDeleteFlow(tenant)
  const may = useMay()
  const mayUpdate = may('FLOW:UPDATE', namespace)
  const mayDelete = may('FLOW:DELETE', namespace)
  const mayKeep = may('BLUEPRINT:CREATE')
  const mayPlay = may('FLOW:EXECUTE', namespace)
  const [isPlaying, setIsPlaying] = useState(false)
  if (!mayUpdate && !mayDelete && !mayKeep && !mayPlay) return null
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={commonText.moreActions}>
            <Ellipsis />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          {mayPlay && (
            <MenuItem onSelect={() => setIsPlaying(true)}>
              <FlaskConical aria-hidden /> {flowText.runOneTask}
            </MenuItem>
          )}
          {mayUpdate && (
            <>
              <MenuItem onSelect={() => onRewrite('toNew')}>
                <Replace aria-hidden /> {flowText.rewriteForKestra2}
              </MenuItem>
              <MenuItem onSelect={() => onRewrite('toOld')}>
                <Replace aria-hidden /> {flowText.rewriteForKestra1}
              </MenuItem>
            </>
          )}
          {mayKeep && (
            <MenuItem onSelect={() => setIsKeeping(true)}>
              <LayoutTemplate aria-hidden /> {flowText.saveAsBlueprint}
            </MenuItem>
          )}
          {mayDelete && (
            <MenuItem className="text-danger [&_svg]:text-danger" onSelect={() => setIsDeleting(true)}>
              <Trash2 aria-hidden /> {flowText.deleteFlow}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {isKeeping && (
        <SaveBlueprintDialog
          blueprint={{ title: titleOf(id), description: flow.description ?? '', source: flow.source ?? '' }}
          onClose={() => setIsKeeping(false)}
        />
      )}
      {isPlaying && <PlayDialog namespace={namespace} id={id} onClose={() => setIsPlaying(false)} />}
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        title={flowText.askDelete(id)}
        text={flowText.whatDeletingDoes}
        action={flowText.deleteFlow}
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
        toast(flowText.deleted(id))
        await queryClient.invalidateQueries(trpc.flow.list.pathFilter())
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
}

/** `load_orders` -> `Load orders`, to begin with. */
function titleOf(id: string): string {
  const words = id.replace(/[_.-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
