import {
  Blocks,
  Boxes,
  CalendarClock,
  ChartColumn,
  CreditCard,
  Gauge,
  KeyRound,
  LayoutTemplate,
  Logs,
  type LucideIcon,
  Play,
  ScrollText,
  Settings,
  Users,
  Workflow,
} from 'lucide-react'
import { commonText } from '#text/common'
import { shellText } from '#text/shell'
import type { Permission } from '#web/server/access/permissions'

/** `permission`: shown to those alone who have it. */
export type NavigationItem = { label: string; path: string; icon: LucideIcon; permission?: Permission }

/** The side bar, in order. */
export const navigation: NavigationItem[] = [
  { label: shellText.dashboard, path: 'dashboard', icon: ChartColumn, permission: 'EXECUTION:READ' },
  { label: commonText.flows, path: 'flows', icon: Workflow },
  { label: commonText.blueprints, path: 'blueprints', icon: LayoutTemplate, permission: 'BLUEPRINT:READ' },
  { label: commonText.executions, path: 'executions', icon: Play },
  { label: commonText.logs, path: 'logs', icon: Logs, permission: 'LOG:READ' },
  { label: commonText.triggers, path: 'triggers', icon: CalendarClock },
  { label: commonText.namespaces, path: 'namespaces', icon: Boxes, permission: 'NAMESPACE:READ' },
  { label: commonText.plugins, path: 'plugins', icon: Blocks },
  { label: shellText.concurrency, path: 'concurrency', icon: Gauge },
  { label: commonText.members, path: 'settings/members', icon: Users, permission: 'MEMBER:READ' },
  { label: shellText.auditLog, path: 'settings/audit', icon: ScrollText, permission: 'AUDIT:READ' },
  { label: shellText.planAndUsage, path: 'settings/billing', icon: CreditCard, permission: 'BILLING:READ' },
  { label: shellText.apiTokens, path: 'settings/tokens', icon: KeyRound },
  { label: shellText.settings, path: 'settings/general', icon: Settings },
]
