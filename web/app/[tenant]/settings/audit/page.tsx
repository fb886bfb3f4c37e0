import type { Metadata } from 'next'
import { settingsText } from '#text/settings'
import { AuditPage } from './AuditPage'

export const metadata: Metadata = { title: settingsText.auditLog }

export default function Page() {
  return <AuditPage />
}
