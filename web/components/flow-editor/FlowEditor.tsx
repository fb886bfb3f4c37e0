'use client'

import { useRef } from 'react'
import { Age } from '#ui/Age'
import { Button } from '#ui/ui/button'
import { useDraft } from './draft'
import type { YamlEditorHandle } from './MonacoEditor'
import { ProblemsPanel } from './ProblemsPanel'
import { useDiagnostics } from './use-diagnostics'
import { useRewrite } from './use-rewrite'
import { YamlEditor } from './YamlEditor'

/** The text of a flow with its problems, and the draft that an earlier visit left behind. */
export function FlowEditor({
  path,
  source,
  onChange,
  draft,
}: {
  path: string
  source: string
  onChange: (source: string) => void
  draft: { key: string; saved: string; revision?: number }
}) {
  const editor = useRef<YamlEditorHandle>(null)
  const { diagnostics, isChecking } = useDiagnostics(source)
  const rewrite = useRewrite(source, onChange)
  const { left, forget, settle } = useDraft({ ...draft, source })

  return (
    <div className="flex h-full min-h-0 flex-col">
      {left && (
        <div
          role="status"
          className="flex flex-wrap items-center gap-2 border-b bg-info-soft px-4 py-1.5 text-[13px] text-info"
        >
          <span className="flex-1">
            You left changes here that were not saved (<Age date={left.savedAt} />
            {left.revision !== undefined && left.revision !== draft.revision && `, on revision ${left.revision}`}).
          </span>
          <Button
            size="sm"
            onClick={() => {
              onChange(left.source)
              settle()
            }}
          >
            Restore
          </Button>
          <Button size="sm" variant="ghost" onClick={forget}>
            Discard
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1">
        <YamlEditor path={path} value={source} onChange={onChange} diagnostics={diagnostics} ref={editor} />
      </div>
      <ProblemsPanel
        diagnostics={diagnostics}
        isChecking={isChecking}
        onGoTo={({ range }) => editor.current?.goTo(range.line, range.column)}
        onRewrite={({ path }) => rewrite('toNew', { path })}
      />
    </div>
  )
}
