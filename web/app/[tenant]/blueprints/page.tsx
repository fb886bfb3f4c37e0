import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { BlueprintsPage } from './BlueprintsPage'

export const metadata: Metadata = { title: commonText.blueprints }

export default function Page() {
  return <BlueprintsPage />
}
