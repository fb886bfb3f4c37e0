import type { Metadata } from 'next'
import { ExecutionsPage } from './ExecutionsPage'

export const metadata: Metadata = { title: 'Executions' }

export default function Page() {
  return <ExecutionsPage />
}
