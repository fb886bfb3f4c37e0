'use client'

import dynamic from 'next/dynamic'
import { memo, type ReactNode, useMemo, useRef } from 'react'
import { FlowGraph } from '#ui/flow-graph/FlowGraph'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useDraft } from './draft'
import { LeftDraft } from './LeftDraft'
import type { EditorMemory, YamlEditorHandle } from './MonacoEditor'
import { nodeOfKey, nodeOfPath, problemMarks } from './nodes'
import { ProblemsPanel } from './ProblemsPanel'
import { StaleNote } from './StaleNote'
import { useDiagnostics } from './use-diagnostics'
import type { FlowDocument } from './use-flow-document'
import { staleNoteOf, useFlowEdits } from './use-flow-edits'
import { useFlowReading, useWorkspaceCode } from './use-flow-reading'
import { useRewrite } from './use-rewrite'
import { useSelection } from './use-selection'
import { useStable } from './use-stable'
import { useUndoKeys } from './use-undo-keys'
import { useViews } from './use-views'
import type { View } from './views'
import { WorkspaceBar } from './WorkspaceBar'
import { YamlEditor } from './YamlEditor'

const loading = () => <SkeletonRows count={4} />
/** Dates and YAML are read in the browser; loaded after the editor. */
const NextDatesPanel = dynamic(() => import('#ui/triggers/NextDatesPanel').then(module => module.NextDatesPanel), {
  ssr: false,
})
const WorkspacePanels = dynamic(() => import('./WorkspacePanels'), { ssr: false, loading })
// Drawn anew only once the text was read anew: not with each letter.
const Graph = memo(FlowGraph)
const Form = memo(
  dynamic(() => import('#ui/no-code/FlowForm').then(module => module.FlowForm), { ssr: false, loading }),
)
const Docs = memo(
  dynamic(() => import('#ui/plugins/SelectedDocs').then(module => module.SelectedDocs), { ssr: false, loading }),
)

/** A flow as code, form, graph and documentation: one text, one history, one selection. */
export function FlowWorkspace({
  path,
  document,
  draft,
  isReadOnly = false,
  status,
}: {
  /** Tells one flow from another. */
  path: string
  document: FlowDocument
  draft: { key: string; saved: string; revision?: number }
  isReadOnly?: boolean
  /** Beside undo and redo: who else is here. */
  status?: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<YamlEditorHandle>(null)
  const memory = useRef<EditorMemory>({})
  const { arrangement, arrange, views, isNarrow, toggle, open } = useViews()
  const tools = useWorkspaceCode()
  const { diagnostics, isChecking, checkedText, checkTyped } = useDiagnostics(document.text)
  const { reading, problem } = useFlowReading(checkedText, tools)
  const selection = useSelection(reading)
  const apply = useStable(useFlowEdits({ document, tools, problem, select: selection.select }))
  const rewrite = useRewrite(document.text, document.change)
  const { left, settle } = useDraft({ ...draft, source: document.text })
  useUndoKeys(box, document, isReadOnly)
  const { node } = selection
  const marks = useMemo(() => reading && problemMarks(reading.topology, diagnostics), [reading, diagnostics])

  const goTo = useStable((line: number, givenColumn?: number) => {
    const column = givenColumn ?? 1
    open('code')
    if (editor.current) editor.current.goTo(line, column)
    else memory.current.startAt = { line, column }
  })
  const select = useStable((key: string | undefined) => {
    selection.select(key)
    const chosen = reading && nodeOfKey(reading.topology, key)
    if (chosen && !problem) editor.current?.reveal(chosen.node.line)
  })
  const showDocs = useStable(() => open('docs'))
  const isLocked = isReadOnly || problem !== undefined
  const edit = useMemo(() => (isLocked ? undefined : { onEdit: apply }), [isLocked, apply])

  function render(view: View): ReactNode {
    if (view === 'code') {
      return (
        <YamlEditor
          path={path}
          value={document.text}
          onChange={text => {
            checkTyped(text)
            document.change(text, 'typing')
          }}
          onLine={selection.selectLine}
          memory={memory}
          diagnostics={diagnostics}
          isReadOnly={isReadOnly}
          ref={editor}
        />
      )
    }
    if (reading === undefined || tools === undefined) return loading()
    if (view === 'docs') return <Docs type={node?.node.type} catalog={tools.catalog} />
    if (view === 'graph') {
      return (
        <Graph
          topology={reading.topology}
          selectedKey={node?.node.key}
          onSelect={select}
          edit={edit}
          marks={marks}
          note={problem && staleNoteOf(problem)}
        />
      )
    }
    return (
      <div className="flex h-full flex-col">
        {problem && <StaleNote problem={problem} onGoTo={() => goTo(problem.line)} />}
        <Form
          reading={reading}
          node={node}
          diagnostics={diagnostics}
          catalog={tools.catalog}
          isReadOnly={isLocked}
          onEdit={apply}
          onSelect={select}
          onGoTo={goTo}
          onShowDocs={showDocs}
        />
      </div>
    )
  }

  return (
    <div ref={box} className="flex h-full min-h-0 flex-col">
      {left && (
        <LeftDraft
          draft={left}
          revision={draft.revision}
          onRestore={() => {
            document.change(left.source)
            settle()
          }}
          onDiscard={settle}
        />
      )}
      <WorkspaceBar views={views} isNarrow={isNarrow} onToggle={toggle} document={document} isReadOnly={isReadOnly}>
        {status}
      </WorkspaceBar>
      <div className="flex min-h-0 flex-1 flex-col">
        <WorkspacePanels arrangement={arrangement} onArrange={arrange} render={render} />
      </div>
      <ProblemsPanel
        diagnostics={diagnostics}
        isChecking={isChecking}
        isFolded={isNarrow}
        onGoTo={({ range, path }) => {
          if (reading) selection.select(nodeOfPath(reading.topology, path)?.node.key)
          goTo(range.line, range.column)
        }}
        onRewrite={({ path }) => rewrite('toNew', { path })}
      />
      <NextDatesPanel source={document.text} />
    </div>
  )
}
