import { Button } from '#ui/ui/button'

/** Someone else saved meanwhile: nobody overwrites silently. */
export function ConflictAlert({
  conflict,
}: {
  conflict: { revision: number; overwrite: () => void; takeTheirs: () => void }
}) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-[13px] text-warning"
    >
      <span className="flex-1">
        Revision {conflict.revision} was saved elsewhere while you were editing. Your text is not saved yet.
      </span>
      <Button size="sm" onClick={conflict.overwrite}>
        Save mine on top
      </Button>
      <Button size="sm" variant="ghost" onClick={conflict.takeTheirs}>
        Take theirs
      </Button>
    </div>
  )
}
