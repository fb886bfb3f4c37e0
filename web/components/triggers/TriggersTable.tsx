'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import { Age } from '#ui/Age'
import { StateBadge } from '#ui/execution/StateBadge'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'
import { BackfillProgress } from './BackfillProgress'
import { DueDate } from './DueDate'
import { kinds } from './kinds'
import { TriggerMenu } from './TriggerMenu'
import { TriggerStatus } from './TriggerStatus'
import { TriggerSwitch } from './TriggerSwitch'
import { zoneOf } from './zone-of'

export function TriggersTable({ triggers }: { triggers: TriggerRecord[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.trigger}</Th>
          <Th className="hidden md:table-cell">{commonText.kind}</Th>
          <Th className="hidden sm:table-cell">{triggerText.nextDate}</Th>
          <Th className="hidden xl:table-cell">{triggerText.lastDate}</Th>
          <Th className="hidden sm:table-cell">{triggerText.lastExecution}</Th>
          <Th>{triggerText.status}</Th>
          <Th className="text-right">
            <span className="sr-only">{triggerText.switchAndActions}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {triggers.map(trigger => (
          <TriggerRow key={`${trigger.namespace}/${trigger.flowId}/${trigger.triggerId}`} trigger={trigger} />
        ))}
      </tbody>
    </Table>
  )
}

function TriggerRow({ trigger }: { trigger: TriggerRecord }) {
  const tenant = useTenant()
  const { namespace, flowId, triggerId, kind, nextExecutionDate, date, backfill, disabled, disabledByFlow } = trigger
  const { label, icon: Icon } = kinds[kind]
  return (
    <>
      <Tr className={backfill && '[&>td]:border-b-0'}>
        <Td className="max-w-44 sm:max-w-72">
          <Link
            href={`/${tenant}/flows/${namespace}/${flowId}?tab=triggers`}
            className="block truncate font-medium hover:text-accent hover:underline"
          >
            {triggerId}
          </Link>
          <p className="truncate text-muted text-xs" title={`${namespace}.${flowId}`}>
            {namespace}.{flowId}
          </p>
        </Td>
        <Td className="hidden md:table-cell">
          <span className="flex items-center gap-1.5 text-muted">
            <Icon className="size-4 shrink-0" aria-hidden /> {label}
          </span>
        </Td>
        <Td className="hidden sm:table-cell">
          <DueDate date={disabled || disabledByFlow ? undefined : nextExecutionDate} zone={zoneOf(trigger)} />
        </Td>
        <Td className="hidden text-muted xl:table-cell">
          <DueDate date={date} zone={zoneOf(trigger)} />
        </Td>
        <Td className="hidden sm:table-cell">
          <LastExecution trigger={trigger} />
        </Td>
        <Td className="min-w-36 max-w-64">
          <TriggerStatus trigger={trigger} />
        </Td>
        <Td>
          <span className="flex items-center justify-end gap-2">
            <TriggerSwitch trigger={trigger} />
            <TriggerMenu trigger={trigger} />
          </span>
        </Td>
      </Tr>
      {backfill && (
        <tr>
          <td colSpan={7} className="border-b px-4 pb-3 sm:px-6">
            <BackfillProgress trigger={trigger} backfill={backfill} />
          </td>
        </tr>
      )}
    </>
  )
}

export function LastExecution({ trigger: { lastExecution } }: { trigger: TriggerRecord }) {
  const tenant = useTenant()
  if (lastExecution === undefined) return <span className="text-faint">{triggerText.noneYet}</span>
  return (
    <Link href={`/${tenant}/executions/${lastExecution.id}`} className="flex flex-wrap items-center gap-x-2">
      <StateBadge state={lastExecution.state} />
      <span className="text-muted text-xs">
        <Age date={lastExecution.createdAt} />
      </span>
    </Link>
  )
}
