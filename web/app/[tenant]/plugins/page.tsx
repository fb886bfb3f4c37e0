import type { Metadata } from 'next'
import { catalog } from '#catalog/manifests'
import { commonText } from '#text/common'
import { summariesOf } from '#web/components/plugins/plugin-summaries'
import { PluginsPage } from './PluginsPage'

export const metadata: Metadata = { title: commonText.plugins }

/** What plugins there are is no secret, so the page is made on the server and loads no catalog. */
export default function Page() {
  return <PluginsPage plugins={summariesOf(catalog)} />
}
