import type { Metadata } from 'next'
import { FlowPage } from './FlowPage'

type Props = { params: Promise<{ namespace: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id }
}

export default async function Page({ params }: Props) {
  const { namespace, id } = await params
  return <FlowPage namespace={namespace} id={id} />
}
