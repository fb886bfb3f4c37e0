'use client'

import { triggerText } from '#text/trigger'
import { Switch } from '#ui/ui/switch'
import { useMay } from '#web/components/tenant'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'
import { useTriggerActions } from './use-trigger-actions'

export function TriggerSwitch({ trigger }: { trigger: TriggerRecord }) {
  const { setDisabled } = useTriggerActions(trigger)
  const { namespace, triggerId, disabled, disabledByFlow } = trigger
  const mayUpdate = useMay()('TRIGGER:UPDATE', namespace)
  return (
    <Switch
      aria-label={triggerText.isEnabled(triggerId)}
      title={disabledByFlow ? triggerText.theFlowDisablesIt : disabled ? triggerText.enable : triggerText.disable}
      checked={!disabled && !disabledByFlow}
      disabled={!mayUpdate || disabledByFlow || setDisabled.isBusy}
      onCheckedChange={isEnabled => setDisabled.run(!isEnabled)}
    />
  )
}
