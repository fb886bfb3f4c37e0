import type { Metadata } from 'next'
import { blueprintText } from '#text/blueprint'
import { BlueprintPage } from './BlueprintPage'

export const metadata: Metadata = { title: blueprintText.blueprint }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <BlueprintPage id={decodeURIComponent((await params).id)} />
}
