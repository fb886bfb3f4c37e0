'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { commonText } from '#text/common'
import { cn } from '#web/components/class-names'
import { Button } from './button'

const places = {
  center: 'inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg rounded-xl border animate-appear sm:inset-x-0',
  right: 'inset-y-0 right-0 w-full max-w-3xl border-l animate-appear',
  left: 'inset-y-0 left-0 w-64 border-r animate-appear',
}

/** An open dialog. */
export function DialogPanel({
  title,
  description,
  place = 'center',
  className,
  onOpenChange,
  children,
}: {
  title: ReactNode
  description?: ReactNode
  place?: keyof typeof places
  className?: string
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
}) {
  const [opener] = useState(() => document.activeElement)
  return (
    <Primitive.Root open onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]" />
        <Primitive.Content
          className={cn('fixed z-50 flex flex-col bg-surface shadow-pop outline-none', places[place], className)}
          onCloseAutoFocus={event => {
            event.preventDefault()
            if (opener instanceof HTMLElement) opener.focus()
          }}
          onInteractOutside={event => {
            // To dismiss a message is no word to the dialog below it.
            if (event.target instanceof Element && event.target.closest('[data-messages]')) event.preventDefault()
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-4 border-b px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="truncate font-semibold text-[15px]">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-[13px] text-muted">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" aria-label={commonText.close} className="-mr-2 -mt-1">
                <X />
              </Button>
            </Primitive.Close>
          </header>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
