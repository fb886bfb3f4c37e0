import type { Catalog } from '../catalog'
import type { Path } from '../check/problem'
import { forbiddenKeys } from '../yaml/to-value'
import { diffLines } from './diff-lines'
import type { EditResult, FlowEdit } from './edit'
import { type Context, type Plan, runSteps, unsafe } from './edits/context'
import { planConnect } from './edits/depends-on'
import { planDuplicate } from './edits/duplicate'
import { planInsert } from './edits/insert'
import { planMove } from './edits/move'
import { planRemove } from './edits/remove'
import { planRename } from './edits/rename'
import { planSet } from './edits/set'
import { planUnset } from './edits/unset'
import { isEqual } from './equal'
import { openPage } from './write/page'

/**
 * Makes one edit in a flow's text; all but what changes stays byte for byte. Never throws: what can't be done, or can't be
 * done safely, is a problem, and so is a text that can't be read. The result always reads back as the edit says.
 */
export function editFlow(text: string, edit: FlowEdit, catalog: Catalog): EditResult {
  const forbidden = placesOf(edit)
    .flat()
    .find(part => forbiddenKeys.has(String(part)))
  if (forbidden !== undefined) return { problem: `"${forbidden}" can’t be the name of a property` }
  const page = openPage(text)
  if (page === null) return { problem: 'the text can’t be read as YAML; mend it first' }
  const plan = planOf({ page, flow: page.flow.flow, catalog }, edit)
  if (typeof plan === 'string') return { problem: plan }
  const result = runSteps(page, plan.steps)
  if ('problem' in result) return result
  const { flow } = result.page.flow
  if (!isEqual(flow, plan.expected)) return { problem: unsafe(page) }
  return { text: result.page.flow.text, edits: diffLines(text, result.page.flow.text) }
}

function placesOf(edit: FlowEdit): Path[] {
  return [...('path' in edit ? [edit.path] : []), ...('at' in edit ? [edit.at.list] : [])]
}

function planOf(context: Context, edit: FlowEdit): Plan | string {
  switch (edit.kind) {
    case 'insert':
      return planInsert(context, edit.at, edit.yaml)
    case 'move':
      return planMove(context, edit.path, edit.at)
    case 'duplicate':
      return planDuplicate(context, edit.path)
    case 'remove':
      return planRemove(context, edit.path)
    case 'set':
      return planSet(context, edit.path, edit.value)
    case 'unset':
      return planUnset(context, edit.path)
    case 'connect':
    case 'disconnect':
      return planConnect(context, edit.path, edit.to, edit.kind === 'connect')
    case 'rename':
      return planRename(context, edit.path, edit.id)
  }
}
