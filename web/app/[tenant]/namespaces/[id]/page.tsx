import type { Metadata } from 'next'
import { NamespacePage } from './NamespacePage'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id }
}

export default async function Page({ params }: Props) {
  return <NamespacePage id={(await params).id} />
}
