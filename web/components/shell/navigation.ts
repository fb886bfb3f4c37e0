import { KeyRound, type LucideIcon, Play, Workflow } from 'lucide-react'

export type NavigationItem = { label: string; path: string; icon: LucideIcon }

/** The side bar, in order. */
export const navigation: NavigationItem[] = [
  { label: 'Flows', path: 'flows', icon: Workflow },
  { label: 'Executions', path: 'executions', icon: Play },
  { label: 'API tokens', path: 'settings/tokens', icon: KeyRound },
]
