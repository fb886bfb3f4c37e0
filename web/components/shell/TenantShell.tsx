'use client'

import { Menu as MenuIcon } from 'lucide-react'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Logo } from '#ui/Logo'
import { Button } from '#ui/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '#ui/ui/dialog'
import { useAccount, useTenant } from '#web/components/tenant'
import { SideBar } from './SideBar'

/** Side bar and content; below `lg` the side bar is a panel behind a button. */
export function TenantShell({ children }: { children: ReactNode }) {
  const tenant = useTenant()
  const account = useAccount()
  if (account.data && !account.data.tenants.some(({ slug }) => slug === tenant)) notFound()
  return (
    <div className="flex h-full flex-col lg:flex-row">
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:z-60 focus:bg-surface focus:p-2">
        Skip to content
      </a>
      <aside className="hidden w-56 shrink-0 flex-col border-r bg-subtle lg:flex">
        <Link href={`/${tenant}/flows`} className="mx-5 mt-4">
          <Logo />
        </Link>
        <SideBar />
      </aside>
      <TopBar tenant={tenant} />
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto outline-none">
        {children}
      </main>
    </div>
  )
}

function TopBar({ tenant }: { tenant: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b bg-subtle px-2 lg:hidden">
      <Dialog open={isOpen} onOpenChange={setIsOpen}>
        <DialogTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Menu">
            <MenuIcon />
          </Button>
        </DialogTrigger>
        <DialogContent title={<Logo />} place="left">
          <SideBar onNavigate={() => setIsOpen(false)} />
        </DialogContent>
      </Dialog>
      <Link href={`/${tenant}/flows`} className="flex">
        <Logo />
      </Link>
    </div>
  )
}
