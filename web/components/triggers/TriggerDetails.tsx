'use client'

import { useMemo } from 'react'
import { stringify } from 'yaml'
import { holdsTemplate } from '#language/fields'
import { previewDates } from '#language/triggers/preview-dates'
import { triggerText } from '#text/trigger'
import { WebhookAddress } from '#ui/WebhookAddress'
import { cn } from '#web/components/class-names'
import { shortType } from '#web/components/short-type'
import { useTenant } from '#web/components/tenant'
import { useNow } from '#web/components/time'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'
import { BackfillProgress } from './BackfillProgress'
import { DueDate } from './DueDate'
import { kinds } from './kinds'
import { NextDates } from './NextDates'
import { TriggerMenu } from './TriggerMenu'
import { TriggerStatus } from './TriggerStatus'
import { TriggerSwitch } from './TriggerSwitch'
import { LastExecution } from './TriggersTable'
import { zoneOf } from './zone-of'

/** One trigger of a flow. */
export function TriggerDetails({ trigger }: { trigger: TriggerRecord }) {
  const { triggerId, kind, type, definition, backfill, date, nextExecutionDate, disabled, disabledByFlow } = trigger
  const { icon: Icon, label } = kinds[kind]
  const isOff = disabled || disabledByFlow
  return (
    <article aria-label={triggerId} className="rounded-xl border">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5">
        <Icon className={cn('size-4 shrink-0', isOff ? 'text-faint' : 'text-accent')} aria-label={label} />
        <div className="min-w-0 flex-1 basis-40">
          <h2 className="truncate font-medium text-[13px]">{triggerId}</h2>
          <p className="truncate text-faint text-xs" title={type}>
            {shortType(type)}
          </p>
        </div>
        <TriggerStatus trigger={trigger} />
        <span className="flex items-center gap-2">
          <TriggerSwitch trigger={trigger} />
          <TriggerMenu trigger={trigger} />
        </span>
      </header>
      <div className="space-y-4 px-4 py-3">
        {typeof definition.description === 'string' && (
          <p className="text-[13px] text-muted">{definition.description}</p>
        )}
        {backfill && <BackfillProgress trigger={trigger} backfill={backfill} />}
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-[13px] sm:grid-cols-3">
          {kind === 'schedule' && (
            <>
              <Fact name={triggerText.nextDate}>
                <DueDate date={isOff ? undefined : nextExecutionDate} zone={zoneOf(trigger)} />
              </Fact>
              <Fact name={triggerText.lastDate}>
                <DueDate date={date} zone={zoneOf(trigger)} />
              </Fact>
            </>
          )}
          <Fact name={triggerText.lastExecution}>
            <LastExecution trigger={trigger} />
          </Fact>
        </dl>
        <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
          <Definition trigger={trigger} />
          {kind === 'schedule' && <Upcoming trigger={trigger} />}
          {kind === 'webhook' && <Address trigger={trigger} />}
        </div>
      </div>
    </article>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  )
}

/** What the flow says of it, but for what is shown already. */
function Definition({ trigger: { definition } }: { trigger: TriggerRecord }) {
  const { id: _id, type: _type, description: _description, ...rest } = definition
  return (
    <section aria-label={triggerText.definition} className="min-w-0">
      <h3 className="mb-1 text-faint text-xs">{triggerText.definition}</h3>
      {Object.keys(rest).length === 0 ? (
        <p className="text-[13px] text-faint">{triggerText.nothingButItsType}</p>
      ) : (
        <pre className="overflow-auto rounded-md border bg-subtle px-3 py-2 font-mono text-xs">{stringify(rest)}</pre>
      )}
    </section>
  )
}

const renewMs = 30_000

function Upcoming({ trigger: { definition } }: { trigger: TriggerRecord }) {
  const now = useNow(true, renewMs)
  // The record is a new object at each look of the page.
  const text = JSON.stringify(definition)
  const preview = useMemo(() => previewDates(JSON.parse(text), new Date(now)), [text, now])
  if (preview === undefined) return null
  return (
    <section aria-label={triggerText.nextDates}>
      <h3 className="mb-1 text-faint text-xs">{triggerText.nextDatesIn(preview.zone)}</h3>
      <NextDates preview={preview} />
    </section>
  )
}

function Address({ trigger: { namespace, flowId, definition } }: { trigger: TriggerRecord }) {
  const tenant = useTenant()
  const { key } = definition
  const isKnown = typeof key === 'string' && !holdsTemplate(key)
  return <WebhookAddress tenant={tenant} namespace={namespace} flowId={flowId} webhookKey={isKnown ? key : undefined} />
}
