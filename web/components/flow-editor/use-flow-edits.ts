'use client'

import type { Path } from '#language/check/problem'
import type { FlowEdit } from '#language/graph/edit'
import { isSamePath } from '#language/paths'
import { editorText } from '#text/editor'
import { useToast } from '#ui/ui/toast'
import type { FlowReading } from './flow-tools'
import { type FlowNode, nodesOf } from './nodes'
import type { FlowDocument } from './use-flow-document'
import type { FlowTools } from './use-flow-reading'
import type { Selection } from './use-selection'

/** `typing`: one letter of several, so that they are undone at once. */
export type ApplyEdit = (edit: FlowEdit, how?: 'typing') => void

/** Makes an edit of the graph or of a form in the text; tells where it can't be done. */
export function useFlowEdits({
  document,
  tools,
  problem,
  select,
}: {
  document: FlowDocument
  tools: FlowTools | undefined
  problem: FlowReading['problem']
  select: Selection['select']
}): ApplyEdit {
  const toast = useToast()
  return (edit, how) => {
    if (tools === undefined) return
    if (problem) return toast(staleNoteOf(problem), 'danger')
    const result = tools.editFlow(document.newest(), edit)
    if ('problem' in result) return toast(editorText.cantBeChangedHere(result.problem), 'danger')
    const place = placeAfter(edit)
    const made = place && nodesOf(tools.readFlow(result.text).topology).find(one => standsAt(one, place))
    if (made) select(made.node.key)
    document.change(result.text, how)
  }
}

/** Where the node stands that the edit makes or renames, which is then selected. */
function placeAfter(edit: FlowEdit): Path | undefined {
  if (edit.kind === 'insert') return [...edit.at.list, edit.at.index]
  return edit.kind === 'rename' ? edit.path : undefined
}

/** In a Dag the place of a list is around the task. */
function standsAt({ kind, node }: FlowNode, place: Path): boolean {
  return isSamePath(node.path, place) || (kind === 'task' && isSamePath(node.itemPath, place))
}

/** Why a view shows what the text said before. */
export function staleNoteOf({ line }: NonNullable<FlowReading['problem']>): string {
  return editorText.textHasAnError(line)
}
