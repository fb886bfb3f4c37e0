'use client'

import { Button } from '#ui/ui/button'

type InfiniteQuery = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Under a list that has more pages. */
export function LoadMore({ query }: { query: InfiniteQuery }) {
  if (!query.hasNextPage) return null
  return (
    <div className="flex justify-center p-4">
      <Button isBusy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        Load more
      </Button>
    </div>
  )
}
