'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { formText } from '#text/form'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { FileContent } from './FileContent'
import { downloadUrl, fileName } from './file-uri'
import { formatSize } from './format-size'

const firstRows = 100
const maxRows = 5000

export function FilePreviewPanel({
  uri,
  executionId,
  onClose,
}: {
  uri: string
  executionId: string
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [rows, setRows] = useState(firstRows)
  const preview = useQuery(
    trpc.execution.filePreview.queryOptions(
      { tenant, id: executionId, path: uri, maxRows: rows },
      { placeholderData: keepPreviousData },
    ),
  )
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent
        place="right"
        title={fileName(uri)}
        description={preview.data ? formatSize(preview.data.size) : formText.loading}
      >
        <DialogBody className="p-0">
          {preview.isPending && <SkeletonRows />}
          {preview.isError && <LoadProblem error={preview.error} onRetry={() => preview.refetch()} />}
          {preview.data && <FileContent preview={preview.data} />}
        </DialogBody>
        <DialogFooter>
          {preview.data?.truncated && <span className="mr-auto text-muted text-xs">{formText.onlyBeginningShown}</span>}
          {preview.data?.truncated && preview.data.type === 'LIST' && rows < maxRows && (
            <Button isBusy={preview.isFetching} onClick={() => setRows(maxRows)}>
              {formText.showUpTo(maxRows.toLocaleString())}
            </Button>
          )}
          <Button variant="primary" asChild>
            <a href={downloadUrl(tenant, executionId, uri)} download>
              <Download aria-hidden /> {formText.download}
            </a>
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
