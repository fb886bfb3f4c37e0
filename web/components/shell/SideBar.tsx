'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { shellText } from '#text/shell'
import { PaletteButton } from '#ui/palette/PaletteButton'
import { TourAside } from '#ui/tour/TourAside'
import { cn } from '#web/components/class-names'
import { usePermissions, useTenant } from '#web/components/tenant'
import { navigation } from './navigation'
import { TenantMenu } from './TenantMenu'
import { UserMenu } from './UserMenu'

export function SideBar({ onNavigate }: { onNavigate?: () => void }) {
  const tenant = useTenant()
  const pathname = usePathname()
  const permissions = usePermissions()
  const items = navigation.filter(({ permission }) => permission === undefined || permissions.includes(permission))
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-3">
      <TenantMenu />
      <PaletteButton onOpen={onNavigate} />
      <nav aria-label={shellText.mainPages} className="-m-1 min-h-0 flex-1 space-y-0.5 overflow-y-auto p-1">
        {items.map(({ label, path, icon: Icon }) => {
          const href = `/${tenant}/${path}`
          const isCurrent = pathname === href || pathname.startsWith(`${href}/`)
          return (
            <Link
              key={path}
              href={href}
              onClick={onNavigate}
              data-tour={`nav-${path}`}
              aria-current={isCurrent ? 'page' : undefined}
              className={cn(
                'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-[13px] text-muted transition-colors',
                'hover:bg-hover hover:text-fg aria-[current=page]:bg-hover aria-[current=page]:text-fg',
              )}
            >
              <Icon className="size-4" aria-hidden />
              {label}
            </Link>
          )
        })}
      </nav>
      <TourAside onNavigate={onNavigate} />
      <UserMenu onNavigate={onNavigate} />
    </div>
  )
}
