import type { ReactNode } from 'react'
import { TenantShell } from '#ui/shell/TenantShell'

export default function TenantLayout({ children }: { children: ReactNode }) {
  return <TenantShell>{children}</TenantShell>
}
