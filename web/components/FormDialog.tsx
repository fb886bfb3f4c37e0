'use client'

import type { FormEvent, ReactNode } from 'react'
import { commonText } from '#text/common'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { messageOf } from '#web/components/request-error'

/** A dialog with fields and one thing to do; its problem stands above them. */
export function FormDialog({
  title,
  action,
  tone = 'primary',
  error,
  isBusy,
  onSubmit,
  onClose,
  children,
}: {
  title: string
  action: string
  tone?: 'primary' | 'danger'
  error: unknown
  isBusy: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={title}>
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="space-y-4">
            {error !== null && error !== undefined && <Alert tone="danger">{messageOf(error)}</Alert>}
            {children}
          </DialogBody>
          <DialogFooter>
            <DialogClose>
              <Button>{commonText.cancel}</Button>
            </DialogClose>
            <Button type="submit" variant={tone} isBusy={isBusy}>
              {action}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
