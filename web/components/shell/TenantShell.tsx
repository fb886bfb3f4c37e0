'use client'

import { Menu as MenuIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { shellText } from '#text/shell'
import { Logo } from '#ui/Logo'
import { PaletteIcon } from '#ui/palette/PaletteButton'
import { PaletteProvider } from '#ui/palette/PaletteProvider'
import { Button } from '#ui/ui/button'
import { Dialog, DialogContent } from '#ui/ui/dialog'
import { useAccount, useTenant } from '#web/components/tenant'
import { SideBar } from './SideBar'
import { VerifyGate } from './VerifyGate'

/** For newcomers alone. */
const Tour = dynamic(() => import('#ui/tour/Tour').then(module => module.Tour), { ssr: false })

/** Side bar and content; below `lg` the side bar is a panel behind a button. */
export function TenantShell({ children }: { children: ReactNode }) {
  const tenant = useTenant()
  const account = useAccount()
  if (account.data && !account.data.tenants.some(({ slug }) => slug === tenant)) notFound()
  const user = account.data?.user
  const isTouring = user && user.tour !== 'DONE' && user.tour !== 'SKIPPED' && user.verification !== 'REQUIRED'
  return (
    <PaletteProvider>
      <div className="flex h-full flex-col lg:flex-row">
        <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:z-60 focus:bg-surface focus:p-2">
          {shellText.skipToContent}
        </a>
        <aside className="hidden w-56 shrink-0 flex-col border-r bg-subtle lg:flex">
          <Link href={`/${tenant}/flows`} className="mx-5 mt-4">
            <Logo />
          </Link>
          <SideBar />
        </aside>
        <TopBar tenant={tenant} />
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto outline-none">
          <VerifyGate>{children}</VerifyGate>
        </main>
        {isTouring && <Tour />}
      </div>
    </PaletteProvider>
  )
}

function TopBar({ tenant }: { tenant: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b bg-subtle px-2 lg:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label={shellText.menu}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
      >
        <MenuIcon />
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen}>
        <DialogContent title={<Logo />} place="left">
          <SideBar onNavigate={() => setIsOpen(false)} />
        </DialogContent>
      </Dialog>
      <Link href={`/${tenant}/flows`} className="flex">
        <Logo />
      </Link>
      <PaletteIcon />
    </div>
  )
}
