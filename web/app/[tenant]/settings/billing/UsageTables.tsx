'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { formatDuration } from '#web/components/time'
import type { Outputs } from '#web/components/trpc'
import { formatSize } from '#web/components/values/format-size'
import { formatCount } from './amounts'

type Usage = Outputs['billing']['usage']

const number = 'text-right tabular-nums'

export function FlowUsage({ flows }: { flows: Usage['flows'] }) {
  const tenant = useTenant()
  return (
    <div className="rounded-md border">
      <Table>
        <thead>
          <tr>
            <Th>{commonText.flow}</Th>
            <Th className={number}>{commonText.executions}</Th>
            <Th className={number}>{settingsText.timeOfTasks}</Th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ namespace, flowId, executions, taskSeconds }) => (
            <Tr key={`${namespace}/${flowId}`}>
              <Td className="max-w-64">
                <Link
                  href={`/${tenant}/flows/${namespace}/${flowId}`}
                  className="block truncate font-medium hover:text-accent hover:underline"
                >
                  {flowId}
                </Link>
                <p className="truncate text-muted text-xs">{namespace}</p>
              </Td>
              <Td className={number}>{formatCount(executions)}</Td>
              <Td className={number}>{formatDuration(taskSeconds * 1000)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

export function NamespaceUsage({ namespaces }: { namespaces: Usage['namespaces'] }) {
  return (
    <div className="rounded-md border">
      <Table>
        <thead>
          <tr>
            <Th>{commonText.namespace}</Th>
            <Th className={number}>{commonText.executions}</Th>
            <Th className={number}>{settingsText.timeOfTasks}</Th>
            <Th className={number}>{commonText.files}</Th>
          </tr>
        </thead>
        <tbody>
          {namespaces.map(({ namespace, executions, taskSeconds, storageBytes }) => (
            <Tr key={namespace}>
              <Td className="max-w-64 truncate font-medium">{namespace}</Td>
              <Td className={number}>{formatCount(executions)}</Td>
              <Td className={number}>{formatDuration(taskSeconds * 1000)}</Td>
              <Td className={number}>{formatSize(storageBytes)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
