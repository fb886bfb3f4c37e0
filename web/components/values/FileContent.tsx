'use client'

import { FileDigit } from 'lucide-react'
import type { ComponentType } from 'react'
import { formText } from '#text/form'
import { EmptyState } from '#ui/ui/empty-state'
import type { FilePreview } from '#web/server/executions/file-preview'
import { RowsTable } from './RowsTable'

type Shown = { preview: FilePreview }

const views: Record<FilePreview['type'], ComponentType<Shown>> = {
  LIST: RowsTable,
  TEXT: TextContent,
  IMAGE: ImageContent,
  BINARY: BinaryContent,
}

export function FileContent({ preview }: Shown) {
  const View = views[preview.type]
  return <View preview={preview} />
}

function TextContent({ preview }: Shown) {
  return <pre className="w-max min-w-full p-4 font-mono text-xs leading-5">{String(preview.content ?? '')}</pre>
}

function ImageContent({ preview }: Shown) {
  const type = preview.extension === 'svg' ? 'svg+xml' : preview.extension
  return (
    // biome-ignore lint/performance/noImgElement: a data address has nothing to optimise
    <img src={`data:image/${type};base64,${String(preview.content)}`} alt={preview.name} className="max-w-full p-4" />
  )
}

function BinaryContent() {
  return <EmptyState icon={FileDigit} title={formText.noPreview} text={formText.fileNeitherTextNor} />
}
