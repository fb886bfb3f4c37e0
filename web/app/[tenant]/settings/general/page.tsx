import type { Metadata } from 'next'
import { settingsText } from '#text/settings'
import { GeneralPage } from './GeneralPage'

export const metadata: Metadata = { title: settingsText.settings }

export default function Page() {
  return <GeneralPage />
}
