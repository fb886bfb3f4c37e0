import { editorText } from '#text/editor'
import { Age } from '#ui/Age'
import { Button } from '#ui/ui/button'
import type { Draft } from './draft-list'

/** What an earlier visit left behind unsaved. */
export function LeftDraft({
  draft,
  revision,
  onRestore,
  onDiscard,
}: {
  draft: Draft
  revision: number | undefined
  onRestore: () => void
  onDiscard: () => void
}) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-b bg-info-soft px-4 py-1.5 text-[13px] text-info"
    >
      <span className="flex-1">
        {editorText.leftUnsaved(<Age date={draft.savedAt} />, draft.revision === revision ? undefined : draft.revision)}
      </span>
      <Button size="sm" onClick={onRestore}>
        {editorText.restore}
      </Button>
      <Button size="sm" variant="ghost" onClick={onDiscard}>
        {editorText.discard}
      </Button>
    </div>
  )
}
