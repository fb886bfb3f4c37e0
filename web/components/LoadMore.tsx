'use client'

import { commonText } from '#text/common'
import { Button } from '#ui/ui/button'

type InfiniteQuery = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Under a list that has more pages. */
export function LoadMore({ query, label = commonText.loadMore }: { query: InfiniteQuery; label?: string }) {
  if (!query.hasNextPage) return null
  return (
    <div className="flex justify-center p-4">
      <Button isBusy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}
