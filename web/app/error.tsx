'use client'

import { Bug } from 'lucide-react'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const reference = error.digest ? ` Reference: ${error.digest}.` : ''
  return (
    <main className="grid min-h-full place-items-center">
      <EmptyState
        icon={Bug}
        title="This page failed"
        text={`It is our mistake, not yours; your flows and runs are not touched.${reference}`}
      >
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
        <Button asChild>
          <a href="/">Go to the start</a>
        </Button>
      </EmptyState>
    </main>
  )
}
