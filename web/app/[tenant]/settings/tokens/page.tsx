import type { Metadata } from 'next'
import { settingsText } from '#text/settings'
import { TokensPage } from './TokensPage'

export const metadata: Metadata = { title: settingsText.apiTokens }

export default function Page() {
  return <TokensPage />
}
