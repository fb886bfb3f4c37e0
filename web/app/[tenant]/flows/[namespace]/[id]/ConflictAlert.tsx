import { useState } from 'react'
import { flowText } from '#text/flow'
import { TextDiff } from '#ui/text-diff/TextDiff'
import { Button } from '#ui/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'

export type Conflict = {
  revision: number
  savedBy: string | undefined
  theirs: string
  mine: string
  overwrite: () => void
  takeTheirs: () => void
}

/** Someone else saved meanwhile: nobody overwrites silently. */
export function ConflictAlert({ conflict }: { conflict: Conflict }) {
  const { revision, savedBy, theirs, mine } = conflict
  const [isComparing, setIsComparing] = useState(false)
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-[13px] text-warning"
    >
      <span className="flex-1">
        {savedBy === undefined
          ? flowText.savedElsewhereMeanwhile(revision)
          : flowText.savedBySomebodyMeanwhile(savedBy, revision)}
      </span>
      <Button size="sm" onClick={() => setIsComparing(true)}>
        {flowText.compare}
      </Button>
      <Choices conflict={conflict} />
      <Dialog open={isComparing} onOpenChange={setIsComparing}>
        <DialogContent
          place="right"
          title={flowText.revisionAndYourText(revision)}
          description={flowText.whatTheColoursAre}
        >
          <TextDiff before={theirs} after={mine} />
          <DialogFooter>
            <DialogClose>
              <Button variant="ghost">{flowText.goOnEditing}</Button>
            </DialogClose>
            <Choices conflict={conflict} />
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </div>
  )
}

function Choices({ conflict: { overwrite, takeTheirs } }: { conflict: Conflict }) {
  return (
    <>
      <Button size="sm" onClick={overwrite}>
        {flowText.saveMineOnTop}
      </Button>
      <Button size="sm" variant="ghost" onClick={takeTheirs} title={flowText.undoBringsYoursBack}>
        {flowText.takeTheirs}
      </Button>
    </>
  )
}
