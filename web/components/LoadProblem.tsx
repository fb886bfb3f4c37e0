'use client'

import { CloudAlert } from 'lucide-react'
import { commonText } from '#text/common'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { messageOf } from '#web/components/request-error'

/** Instead of data that could not be loaded: why, and a way to try again. */
export function LoadProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <EmptyState icon={CloudAlert} title={commonText.couldNotBeLoaded} text={messageOf(error)}>
      <Button onClick={onRetry}>{commonText.tryAgain}</Button>
    </EmptyState>
  )
}
