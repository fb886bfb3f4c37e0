import dynamic from 'next/dynamic'
import { Slot } from 'radix-ui'
import { type ComponentProps, createContext, type ReactNode, useContext } from 'react'
import { cn } from '#web/components/class-names'

/** Loaded with the first dialog that opens: every page can open one, and few are. */
const DialogPanel = dynamic(() => import('./dialog-panel').then(module => module.DialogPanel), { ssr: false })

type DialogState = { open: boolean; onOpenChange: (isOpen: boolean) => void }

const DialogContext = createContext<DialogState>({ open: false, onOpenChange: () => undefined })

export function Dialog({ children, ...state }: DialogState & { children: ReactNode }) {
  return <DialogContext value={state}>{children}</DialogContext>
}

/** `place` right and left are panels at the window's edge. */
export function DialogContent(props: Omit<ComponentProps<typeof DialogPanel>, 'onOpenChange'>) {
  const { open, onOpenChange } = useContext(DialogContext)
  return open && <DialogPanel {...props} onOpenChange={onOpenChange} />
}

/** Its child closes the dialog. */
export function DialogClose({ children }: { children: ReactNode }) {
  const { onOpenChange } = useContext(DialogContext)
  return <Slot.Root onClick={() => onOpenChange(false)}>{children}</Slot.Root>
}

export function DialogBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn('min-h-0 flex-1 overflow-auto px-5 py-4', className)}>{children}</div>
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <footer className="flex items-center justify-end gap-2 border-t px-5 py-3">{children}</footer>
}
