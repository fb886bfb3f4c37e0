import { TriangleAlert } from 'lucide-react'
import { editorText } from '#text/editor'
import { Button } from '#ui/ui/button'
import type { FlowReading } from './flow-tools'
import { staleNoteOf } from './use-flow-edits'

/** Above a view of a text that can't be read: what it shows is older. */
export function StaleNote({ problem, onGoTo }: { problem: NonNullable<FlowReading['problem']>; onGoTo: () => void }) {
  return (
    <div role="status" className="flex items-start gap-2 border-b bg-warning-soft px-4 py-1.5 text-[13px] text-warning">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="flex-1">{staleNoteOf(problem)}</span>
      <Button size="sm" variant="ghost" className="-my-0.5 text-warning" onClick={onGoTo}>
        {editorText.goToLine(problem.line)}
      </Button>
    </div>
  )
}
