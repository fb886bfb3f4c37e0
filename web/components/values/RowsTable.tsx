'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { isJsonObject, type Json } from '#language/json'
import { formText } from '#text/form'
import { ScrollRegion } from '#ui/ui/scroll-region'
import type { FilePreview } from '#web/server/executions/file-preview'

const rowHeightPx = 32

/** Rows of JSON, CSV or Ion as a table; draws only what is in sight. */
export function RowsTable({ preview }: { preview: FilePreview }) {
  const box = useRef<HTMLDivElement>(null)
  const rows = Array.isArray(preview.content) ? preview.content : []
  const columns = preview.columns && preview.columns.length > 0 ? preview.columns : undefined
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeightPx,
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <ScrollRegion ref={box} aria-label={formText.rows}>
      <table className="min-w-full text-xs">
        <thead className="sticky top-0 bg-subtle">
          <tr className="h-8 text-left">
            <th className="w-12 border-b px-3 text-right font-normal text-faint">#</th>
            {(columns ?? [formText.valueColumn]).map(column => (
              <th key={column} scope="col" className="whitespace-nowrap border-b px-3 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} aria-hidden />}
          {items.map(({ index }) => (
            <tr key={index} className="h-8 hover:bg-subtle">
              <td className="border-b px-3 text-right text-faint tabular-nums">{index + 1}</td>
              {cellsOf(rows[index] ?? null, columns).map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <td key={column} className="max-w-96 truncate border-b px-3 font-mono" title={cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr style={{ height: after }} aria-hidden />}
        </tbody>
      </table>
      {rows.length === 0 && <p className="p-6 text-center text-[13px] text-muted">{formText.fileHasNoRows}</p>}
    </ScrollRegion>
  )
}

function cellsOf(row: Json, columns: string[] | undefined): string[] {
  if (!columns) return [textOf(row)]
  return columns.map(column => (isJsonObject(row) ? textOf(row[column]) : ''))
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
