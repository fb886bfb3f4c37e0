import { Panel } from '@xyflow/react'
import { TriangleAlert } from 'lucide-react'

/** What has to be known of the whole graph, over it. */
export function NotePanel({ note }: { note: string }) {
  return (
    <Panel position="top-center">
      <p
        role="status"
        className="flex items-center gap-2 rounded-lg border border-warning/40 bg-warning-soft px-3 py-1.5 text-[13px] text-warning shadow-sm"
      >
        <TriangleAlert className="size-4 shrink-0" aria-hidden /> {note}
      </p>
    </Panel>
  )
}
