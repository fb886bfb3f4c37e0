import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from '#web/components/class-names'
import { Button } from './button'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

const places = {
  center: 'inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg rounded-xl border animate-appear sm:inset-x-0',
  right: 'inset-y-0 right-0 w-full max-w-3xl border-l animate-appear',
  left: 'inset-y-0 left-0 w-64 border-r animate-appear',
}

/** `place` right and left are panels at the window's edge. */
export function DialogContent({
  title,
  description,
  place = 'center',
  className,
  children,
}: {
  title: ReactNode
  description?: ReactNode
  place?: keyof typeof places
  className?: string
  children: ReactNode
}) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]" />
      <Primitive.Content
        className={cn('fixed z-50 flex flex-col bg-surface shadow-pop outline-none', places[place], className)}
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
            <Button variant="ghost" size="icon" aria-label="Close" className="-mr-2 -mt-1">
              <X />
            </Button>
          </Primitive.Close>
        </header>
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  )
}

export function DialogBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn('min-h-0 flex-1 overflow-auto px-5 py-4', className)}>{children}</div>
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <footer className="flex items-center justify-end gap-2 border-t px-5 py-3">{children}</footer>
}
