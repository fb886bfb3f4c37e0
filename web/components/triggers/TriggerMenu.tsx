'use client'

import { Ellipsis, History, LockOpen, RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { triggerText } from '#text/trigger'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useMay } from '#web/components/tenant'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'
import { useTriggerActions } from './use-trigger-actions'

const BackfillDialog = dynamic(() => import('./BackfillDialog').then(module => module.BackfillDialog))

export function TriggerMenu({ trigger }: { trigger: TriggerRecord }) {
  const [asks, setAsks] = useState<'backfill' | 'unlock' | 'forget'>()
  const { unlock, forget } = useTriggerActions(trigger)
  const may = useMay()
  const { namespace, triggerId, kind, executionId, backfill, disabled, disabledByFlow } = trigger
  const close = () => setAsks(undefined)
  const mayUpdate = may('TRIGGER:UPDATE', namespace)
  const mayForget = may('TRIGGER:DELETE', namespace)
  if (!mayUpdate && !mayForget) return null
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={triggerText.actionsOf(triggerId)}>
            <Ellipsis />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          {mayUpdate && kind === 'schedule' && (
            <MenuItem disabled={Boolean(backfill) || disabled || disabledByFlow} onSelect={() => setAsks('backfill')}>
              <History aria-hidden /> {triggerText.startABackfill}
            </MenuItem>
          )}
          {mayUpdate && (kind === 'schedule' || kind === 'polling') && (
            <MenuItem disabled={executionId === undefined} onSelect={() => setAsks('unlock')}>
              <LockOpen aria-hidden /> {triggerText.unlock}
            </MenuItem>
          )}
          {mayForget && (
            <MenuItem className="text-danger [&_svg]:text-danger" onSelect={() => setAsks('forget')}>
              <RotateCcw aria-hidden /> {triggerText.deleteItsState}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {asks === 'backfill' && <BackfillDialog trigger={trigger} onClose={close} />}
      <ConfirmDialog
        isOpen={asks === 'unlock'}
        onClose={close}
        title={triggerText.askToUnlock(triggerId)}
        text={triggerText.whatUnlockingDoes}
        action={triggerText.unlock}
        isBusy={unlock.isBusy}
        onConfirm={() => {
          unlock.run()
          close()
        }}
      />
      <ConfirmDialog
        isOpen={asks === 'forget'}
        onClose={close}
        title={triggerText.askToDeleteState(triggerId)}
        text={triggerText.whatDeletingStateDoes}
        action={triggerText.deleteItsState}
        isBusy={forget.isBusy}
        onConfirm={() => {
          forget.run()
          close()
        }}
      />
    </>
  )
}
