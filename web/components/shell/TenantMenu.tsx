'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Menu, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '#ui/ui/menu'
import { useAccount, useTenant } from '#web/components/tenant'

/** Which tenant one is in; a menu where there are several. */
export function TenantMenu() {
  const router = useRouter()
  const slug = useTenant()
  const tenants = useAccount().data?.tenants ?? []
  const name = tenants.find(tenant => tenant.slug === slug)?.name ?? slug
  if (tenants.length < 2) return <p className="truncate px-2 py-1.5 font-medium text-[13px]">{name}</p>
  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover">
        <span className="min-w-0 flex-1 truncate font-medium text-[13px]">{name}</span>
        <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
      </MenuTrigger>
      <MenuContent align="start" className="w-56">
        <MenuLabel>Tenants</MenuLabel>
        <MenuRadioGroup value={slug} onValueChange={value => router.push(`/${value}/flows`)}>
          {tenants.map(tenant => (
            <MenuRadioItem key={tenant.slug} value={tenant.slug}>
              {tenant.name}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
