'use client'

import { commonText } from '#text/common'
import { Button } from '#ui/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'

/** Before something that can't be undone. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  text,
  action,
  isBusy,
  onConfirm,
}: {
  isOpen: boolean
  onClose: () => void
  title: string
  text: string
  action: string
  isBusy: boolean
  onConfirm: () => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={open => !open && onClose()}>
      <DialogContent title={title} description={text}>
        <DialogFooter>
          <DialogClose>
            <Button>{commonText.cancel}</Button>
          </DialogClose>
          <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
