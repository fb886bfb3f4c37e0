'use client'

import { ChevronsUpDown, Plus, Settings } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { shellText } from '#text/shell'
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '#ui/ui/menu'
import { useAccount, useTenant } from '#web/components/tenant'
import { NewTenantDialog } from './NewTenantDialog'

/** Which tenant one is in, the others, and a new one. */
export function TenantMenu() {
  const router = useRouter()
  const slug = useTenant()
  const [isCreating, setIsCreating] = useState(false)
  const tenants = useAccount().data?.tenants ?? []
  const name = tenants.find(tenant => tenant.slug === slug)?.name ?? slug
  return (
    <>
      <Menu>
        <MenuTrigger className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover">
          <span className="min-w-0 flex-1 truncate font-medium text-[13px]">{name}</span>
          <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
        </MenuTrigger>
        <MenuContent align="start" className="w-56">
          <MenuLabel>{shellText.tenants}</MenuLabel>
          <MenuRadioGroup value={slug} onValueChange={value => router.push(`/${value}/flows`)}>
            {tenants.map(tenant => (
              <MenuRadioItem key={tenant.slug} value={tenant.slug}>
                {tenant.name}
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          <MenuSeparator />
          <MenuItem onSelect={() => router.push(`/${slug}/settings/general`)}>
            <Settings aria-hidden /> {shellText.settings}
          </MenuItem>
          <MenuItem onSelect={() => setIsCreating(true)}>
            <Plus aria-hidden /> {shellText.newTenant}
          </MenuItem>
        </MenuContent>
      </Menu>
      {isCreating && <NewTenantDialog onClose={() => setIsCreating(false)} />}
    </>
  )
}
