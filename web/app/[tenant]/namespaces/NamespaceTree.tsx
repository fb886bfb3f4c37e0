'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'

type Namespace = Outputs['namespace']['list']['results'][number]

const indentRem = 1.25

export function NamespaceTree({ namespaces }: { namespaces: Namespace[] }) {
  const tenant = useTenant()
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.namespace}</Th>
          <Th className="hidden sm:table-cell">{namespaceText.description}</Th>
          <Th className="text-right">{commonText.flows}</Th>
        </tr>
      </thead>
      <tbody>
        {namespaces.map(({ id, parent, description, flows }) => (
          <Tr key={id}>
            <Td className="max-w-60 truncate sm:max-w-96">
              <Link
                href={`/${tenant}/namespaces/${id}`}
                aria-label={id}
                title={id}
                className="font-medium hover:text-accent hover:underline"
                style={{ marginLeft: `${depthOf(id) * indentRem}rem` }}
              >
                {parent !== null && <span className="text-faint">.</span>}
                {parent === null ? id : id.slice(parent.length + 1)}
              </Link>
            </Td>
            <Td className="hidden max-w-96 truncate text-muted sm:table-cell">{description}</Td>
            <Td className="text-right text-muted tabular-nums">{flows}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function depthOf(id: string): number {
  return id.split('.').length - 1
}
