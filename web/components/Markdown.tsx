'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '#ui/ui/skeleton'

/** Markdown that somebody wrote, safely: no HTML of it is taken, and no address but those of the web. Loaded when shown. */
export const Markdown = dynamic(() => import('./MarkdownText'), {
  ssr: false,
  loading: () => (
    <div className="space-y-2">
      <Skeleton className="h-4" />
      <Skeleton className="h-4 w-3/4" />
    </div>
  ),
})
