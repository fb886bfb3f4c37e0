import { CalendarClock, type LucideIcon, Radar, Radio, Webhook, Workflow } from 'lucide-react'
import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'

export type Kind = TriggerRecord['kind']

/** How each kind of trigger is called and shown. */
export const kinds: Record<Kind, { label: string; icon: LucideIcon }> = {
  schedule: { label: triggerText.schedule, icon: CalendarClock },
  polling: { label: triggerText.polling, icon: Radar },
  realtime: { label: triggerText.realtime, icon: Radio },
  flow: { label: commonText.flow, icon: Workflow },
  webhook: { label: triggerText.webhook, icon: Webhook },
}

export const kindNames = Object.keys(kinds) as Kind[]
