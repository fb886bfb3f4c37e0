import { normalizeWorkspaceModel, type WorkspaceModelInput, type WorkspaceNodeInput } from 'react-resizable-panels'
import { editorText } from '#text/editor'
import { type Arrangement, formatArrangement, join } from './arrangement'
import { isView } from './views'

/** What the library that draws the views keeps: how they stand, and how large each is. A tabset holds one view. */
export type ViewsModel = WorkspaceModelInput<null>

export function modelOf(arrangement: Arrangement): ViewsModel {
  return { version: 1, root: nodeOf(arrangement, formatArrangement(arrangement)) }
}

/** With an id of its own in each arrangement a frame is drawn anew wherever it moves; what it holds is not. */
function nodeOf(part: Arrangement, text: string): WorkspaceNodeInput<null> {
  if (isView(part)) {
    const tab = { id: part, title: editorText.viewNames[part], data: null }
    return { type: 'tabset', id: `${part}@${text}`, tabs: [tab] }
  }
  const orientation = part.along === 'columns' ? 'horizontal' : 'vertical'
  return { type: 'split', orientation, children: part.parts.map(inner => nodeOf(inner, text)) }
}

export function arrangementOf({ root }: ViewsModel): Arrangement | undefined {
  return partOf(root)
}

function partOf(node: WorkspaceNodeInput<null>): Arrangement | undefined {
  if (node.type === 'split')
    return join(node.orientation === 'horizontal' ? 'columns' : 'rows', node.children.map(partOf))
  const views = node.tabs.map(({ id }) => (isView(id) ? id : undefined))
  return join('columns', views)
}

/** Sizes are kept in this browser, for each arrangement. */
export function keepModel(model: ViewsModel): void {
  const arrangement = arrangementOf(model)
  if (arrangement) localStorage.setItem(storageKey(arrangement), JSON.stringify(model))
}

/** As it was last, else with all parts of one size. */
export function keptModel(arrangement: Arrangement): ViewsModel {
  const kept = normalizeWorkspaceModel<null>(parseJson(localStorage.getItem(storageKey(arrangement))))
  const isSame = kept && formatOf(kept) === formatArrangement(arrangement)
  return isSame ? kept : modelOf(arrangement)
}

export function formatOf(model: ViewsModel): string | undefined {
  const arrangement = arrangementOf(model)
  return arrangement && formatArrangement(arrangement)
}

function storageKey(arrangement: Arrangement): string {
  return `flow-views:${formatArrangement(arrangement)}`
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
