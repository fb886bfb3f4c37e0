'use client'

import { type LucideIcon, UserRound } from 'lucide-react'
import { commonText } from '#text/common'
import { type NavigationItem, navigation } from '#web/components/shell/navigation'
import { usePermissions } from '#web/components/tenant'

type Page = { label: string; path: string; icon: LucideIcon }

/** Pages that the side bar has no room for. */
const more: NavigationItem[] = [{ label: commonText.yourAccount, path: 'settings/account', icon: UserRound }]

/** The pages of a tenant that whoever is signed in may open. */
export function usePages(): Page[] {
  const permissions = usePermissions()
  return [...navigation, ...more].filter(
    ({ permission }) => permission === undefined || permissions.includes(permission),
  )
}
