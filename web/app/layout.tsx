import { shellText } from '#text/shell'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from './Providers'

export const metadata: Metadata = {
  title: { default: 'Millrace', template: '%s · Millrace' },
  description: shellText.whatMillraceIs,
  icons: { icon: '/icon.svg' },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the cookie also makes every page dynamic, which the nonce of the content security policy needs.
  const theme = (await cookies()).get('theme')?.value
  return (
    <html lang="en" data-theme={theme === 'light' || theme === 'dark' ? theme : 'system'}>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
