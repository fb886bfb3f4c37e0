'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '#ui/ui/skeleton'

/** The editor of a flow's text. Its code is loaded when first shown. */
export const YamlEditor = dynamic(() => import('./MonacoEditor'), {
  ssr: false,
  loading: () => (
    <div role="status" aria-label="Loading the editor" className="space-y-2 p-4">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-4 w-52" />
    </div>
  ),
})
