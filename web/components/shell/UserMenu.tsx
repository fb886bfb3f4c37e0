'use client'

import { ChevronsUpDown, Compass, LogOut, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { commonText } from '#text/common'
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
import { signOut } from '#web/components/session'
import { useAccount, useTenant } from '#web/components/tenant'
import { isTheme, setTheme, useTheme } from '#web/components/theme'
import { useTour } from '#web/components/tour/use-tour'

export function UserMenu({ onNavigate }: { onNavigate?: () => void }) {
  const account = useAccount()
  const tenant = useTenant()
  const theme = useTheme()
  const router = useRouter()
  const [, setTour] = useTour()
  const email = account.data?.user.email ?? ''

  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover data-[state=open]:bg-hover">
        <span className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-medium text-accent text-xs uppercase">
          {email.charAt(0)}
        </span>
        <span className="min-w-0 flex-1 truncate text-[13px]">{email || shellText.account}</span>
        <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
      </MenuTrigger>
      <MenuContent align="start" side="top" className="w-56">
        <MenuLabel>{shellText.theme}</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={value => isTheme(value) && setTheme(value)}>
          <MenuRadioItem value="system">{shellText.system}</MenuRadioItem>
          <MenuRadioItem value="light">{shellText.light}</MenuRadioItem>
          <MenuRadioItem value="dark">{shellText.dark}</MenuRadioItem>
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem asChild>
          <Link href={`/${tenant}/settings/account`} onClick={onNavigate}>
            <UserRound aria-hidden /> {commonText.yourAccount}
          </Link>
        </MenuItem>
        <MenuItem
          onSelect={() => {
            setTour('CHOOSE')
            onNavigate?.()
            router.push(`/${tenant}/flows`)
          }}
        >
          <Compass aria-hidden /> {shellText.takeTheTour}
        </MenuItem>
        <MenuItem onSelect={signOut}>
          <LogOut aria-hidden /> {shellText.signOut}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
