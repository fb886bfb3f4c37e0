import { editorText } from '#text/editor'
import { Skeleton } from '#ui/ui/skeleton'

/** In the place of an editor whose code is on its way. */
export function EditorLoading() {
  return (
    <div role="status" aria-label={editorText.loadingTheEditor} className="space-y-2 p-4">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-4 w-52" />
    </div>
  )
}
