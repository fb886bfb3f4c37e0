'use client'

import { commonText } from '#text/common'
import { CopyButton } from '#ui/CopyButton'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'

/** What is shown once and never again. */
export function CopyDialog({
  title,
  text,
  value,
  onClose,
}: {
  title: string
  text: string
  value: string
  onClose: () => void
}) {
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={title}>
        <DialogBody className="space-y-3">
          <Alert tone="warning">{text}</Alert>
          <div className="flex items-start gap-2 rounded-md border bg-subtle py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 whitespace-pre-wrap break-all py-1.5 text-xs" data-testid="copy-value">
              {value}
            </code>
            <CopyButton text={value} label={commonText.copy} />
          </div>
        </DialogBody>
        <DialogFooter>
          <DialogClose>
            <Button variant="primary">{commonText.done}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
