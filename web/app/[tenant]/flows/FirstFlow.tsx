'use client'

import { FileCode2, Plus, Workflow } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { useTenant } from '#web/components/tenant'

export function FirstFlow() {
  const tenant = useTenant()
  return (
    <EmptyState
      icon={Workflow}
      title="Create your first flow"
      text="A flow is a YAML text: its tasks, what they need and when they run. Start with an example that downloads, transforms and queries data, or paste a flow of your own. Kestra flows run unchanged."
    >
      <Button variant="primary" asChild>
        <Link href={`/${tenant}/flows/new?example=data-pipeline`}>
          <FileCode2 aria-hidden /> Start from the example
        </Link>
      </Button>
      <Button asChild>
        <Link href={`/${tenant}/flows/new`}>
          <Plus aria-hidden /> Paste or write YAML
        </Link>
      </Button>
    </EmptyState>
  )
}
