import type { Metadata } from 'next'
import { executionText } from '#text/execution'
import { ExecutionPage } from './ExecutionPage'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: executionText.executionNamed((await params).id.slice(0, 8)) }
}

export default async function Page({ params }: Props) {
  const { id } = await params
  return <ExecutionPage key={id} id={id} />
}
