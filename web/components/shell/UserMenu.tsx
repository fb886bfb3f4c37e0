'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
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
import { signOut } from '#web/components/session'
import { useAccount } from '#web/components/tenant'
import { isTheme, setTheme, useTheme } from '#web/components/theme'

export function UserMenu() {
  const account = useAccount()
  const theme = useTheme()
  const email = account.data?.user.email ?? ''

  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover data-[state=open]:bg-hover">
        <span className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-medium text-accent text-xs uppercase">
          {email.charAt(0)}
        </span>
        <span className="min-w-0 flex-1 truncate text-[13px]">{email || 'Account'}</span>
        <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
      </MenuTrigger>
      <MenuContent align="start" side="top" className="w-56">
        <MenuLabel>Theme</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={value => isTheme(value) && setTheme(value)}>
          <MenuRadioItem value="system">System</MenuRadioItem>
          <MenuRadioItem value="light">Light</MenuRadioItem>
          <MenuRadioItem value="dark">Dark</MenuRadioItem>
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem onSelect={signOut}>
          <LogOut aria-hidden /> Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
