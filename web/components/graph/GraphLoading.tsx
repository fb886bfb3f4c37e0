import { graphText } from '#text/graph'
import { Skeleton } from '#ui/ui/skeleton'

export function GraphLoading() {
  return (
    <div
      role="status"
      aria-label={graphText.loadingTheGraph}
      className="flex h-full w-full flex-col items-center gap-10 bg-subtle pt-10"
    >
      <Skeleton className="h-12 w-56" />
      <Skeleton className="h-12 w-56" />
      <Skeleton className="h-12 w-56" />
    </div>
  )
}
