import type { ComponentProps } from 'react'
import { cn } from '#web/components/class-names'

const look =
  'w-full rounded-md border border-line-strong bg-surface text-fg placeholder:text-faint transition-colors ' +
  'hover:border-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 ' +
  'disabled:opacity-50 aria-invalid:border-danger aria-invalid:outline-danger'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(look, 'h-8 px-2.5 text-[13px]', className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(look, 'min-h-20 px-2.5 py-1.5 font-mono text-[13px]', className)} {...rest} />
}

/** The browser's own select: best on phones, and needs no script. */
export function NativeSelect({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={cn(look, 'h-8 px-2 text-[13px]', className)} {...rest} />
}
