'use client'

import { Bug } from 'lucide-react'
import { shellText } from '#text/shell'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-full place-items-center">
      <EmptyState icon={Bug} title={shellText.thisPageFailed} text={shellText.ourMistake(error.digest)}>
        <Button variant="primary" onClick={reset}>
          {shellText.tryAgain}
        </Button>
        <Button asChild>
          <a href="/">{shellText.goToTheStart}</a>
        </Button>
      </EmptyState>
    </main>
  )
}
