'use client'

import { Fragment, useState } from 'react'
import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { Age } from '#ui/Age'
import { Button } from '#ui/ui/button'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import type { Outputs } from '#web/components/trpc'
import { changesOf } from './changes-of'

type Entry = Outputs['audit']['list']['results'][number]

export function AuditTable({ entries }: { entries: Entry[] }) {
  const [open, setOpen] = useState<string>()
  return (
    <Table>
      <thead>
        <tr>
          <Th>{settingsText.when}</Th>
          <Th>{settingsText.who}</Th>
          <Th>{settingsText.what}</Th>
          <Th className="hidden md:table-cell">{commonText.from}</Th>
          <Th>
            <span className="sr-only">{settingsText.details}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {entries.map(entry => (
          <Fragment key={entry.position}>
            <Tr>
              <Td className="whitespace-nowrap text-muted">
                <Age date={entry.at} />
              </Td>
              <Td className="max-w-48">
                <span className="block truncate">{entry.actor.name ?? entry.actor.userId}</span>
                {entry.actor.via === 'token' && (
                  <span className="block truncate text-muted text-xs">
                    {settingsText.byToken(entry.actor.token ?? '')}
                  </span>
                )}
              </Td>
              <Td className="max-w-md">
                <span className={entry.action === 'DENIED' ? 'font-medium text-danger' : 'font-medium'}>
                  {entry.action}
                </span>{' '}
                <span className="text-muted">{entry.resource}</span>{' '}
                <span className="break-all font-mono text-xs">{entry.target}</span>
              </Td>
              <Td className="hidden whitespace-nowrap font-mono text-muted text-xs md:table-cell">{entry.actor.ip}</Td>
              <Td className="text-right">
                <Button
                  size="sm"
                  variant="ghost"
                  aria-expanded={open === entry.position}
                  aria-label={settingsText.detailsOf(entry.action, entry.target)}
                  onClick={() => setOpen(open === entry.position ? undefined : entry.position)}
                >
                  {settingsText.details}
                </Button>
              </Td>
            </Tr>
            {open === entry.position && (
              <tr>
                <td colSpan={5} className="border-b bg-subtle px-4 py-2 sm:px-6">
                  <Changes entry={entry} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}

function Changes({ entry }: { entry: Entry }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 font-mono text-xs">
      {changesOf(entry).map(({ name, before, after }) => (
        <Fragment key={name}>
          <dt className="text-muted">{name}</dt>
          <dd className="break-all">
            {before !== undefined && <del className="text-danger">{before}</del>} {after}
          </dd>
        </Fragment>
      ))}
      <dt className="text-muted">{settingsText.hash}</dt>
      <dd className="break-all text-faint">{entry.hash}</dd>
    </dl>
  )
}
