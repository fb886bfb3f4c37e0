'use client'

import Link from 'next/link'
import { dependenciesText } from '#text/dependencies'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { FileLinks } from '#ui/values/FileLinks'
import { useTenant } from '#web/components/tenant'
import type { ExecutionFile } from './execution-files'

export function FileTable({ files, executionId, by }: { files: ExecutionFile[]; executionId: string; by: string }) {
  const tenant = useTenant()
  return (
    <Table>
      <thead>
        <tr>
          <Th>{dependenciesText.file}</Th>
          <Th>{by}</Th>
          <Th className="hidden sm:table-cell">{dependenciesText.writtenBy}</Th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ uri, by: name, writer }) => (
          <Tr key={uri}>
            <Td className="max-w-72">
              <FileLinks uri={uri} executionId={writer ?? executionId} />
            </Td>
            <Td className="max-w-40 truncate">{name}</Td>
            <Td className="hidden text-muted sm:table-cell">
              {writer ? (
                <Link
                  href={`/${tenant}/executions/${writer}`}
                  className="font-mono text-xs hover:text-accent hover:underline"
                >
                  {writer.slice(0, 8)}
                </Link>
              ) : (
                dependenciesText.thisExecution
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
