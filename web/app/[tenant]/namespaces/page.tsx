import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { NamespacesPage } from './NamespacesPage'

export const metadata: Metadata = { title: commonText.namespaces }

export default function Page() {
  return <NamespacesPage />
}
