'use client'

import { Download, FileText } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { useTenant } from '#web/components/tenant'
import { downloadUrl, fileName } from './file-uri'

const FilePreviewPanel = dynamic(() => import('./FilePreviewPanel').then(module => module.FilePreviewPanel))

/** A file of an execution: its name opens the preview, beside it the download. */
export function FileLinks({ uri, executionId }: { uri: string; executionId: string }) {
  const tenant = useTenant()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <span className="flex min-w-0 items-center gap-1">
      <button
        type="button"
        title={uri}
        onClick={() => setIsOpen(true)}
        className="flex min-w-0 items-center gap-1 text-accent hover:underline"
      >
        <FileText className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">{fileName(uri)}</span>
      </button>
      <Button variant="ghost" size="icon" className="-my-0.5 size-6" asChild>
        <a
          href={downloadUrl(tenant, executionId, uri)}
          download
          aria-label={formText.downloadFile(fileName(uri))}
          title={formText.download}
        >
          <Download />
        </a>
      </Button>
      {isOpen && <FilePreviewPanel uri={uri} executionId={executionId} onClose={() => setIsOpen(false)} />}
    </span>
  )
}
