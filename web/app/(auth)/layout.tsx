import type { ReactNode } from 'react'
import { Logo } from '#ui/Logo'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-full flex-col items-center bg-subtle px-4 pt-[10vh] pb-10">
      <Logo className="mb-6" />
      <div className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-xs">{children}</div>
    </main>
  )
}
