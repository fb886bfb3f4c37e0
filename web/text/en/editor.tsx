import type { ReactNode } from 'react'

/** `Ann, Mary and Tom` */
function and(names: string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The editor of a flow (web/components/flow-editor), and the playground that runs one of its tasks. */
export const editorText = {
  loadingTheEditor: 'Loading the editor',
  leftUnsaved: (age: ReactNode, revision: number | undefined) => (
    <>
      You left changes here that were not saved ({age}
      {revision !== undefined && `, on revision ${revision}`}).
    </>
  ),
  restore: 'Restore',
  discard: 'Discard',
  flowAsYaml: 'Flow as YAML',
  youAreEditing: 'You are editing this flow in another tab, too',
  youHaveItOpen: 'You have this flow open in another tab, too',
  areEditing: (names: string[]) => `${and(names)} ${names.length === 1 ? 'is' : 'are'} editing this flow, too`,
  haveItOpen: (names: string[]) => `${and(names)} ${names.length === 1 ? 'has' : 'have'} this flow open, too`,
  goToLine: (line: number) => `Go to line ${line}`,
  problems: 'Problems',
  checking: 'Checking',
  noProblems: 'No problems',
  problemCount: (count: number) => `${count} problems`,
  errors: (count: number) => (count === 1 ? '1 error' : `${count} errors`),
  warnings: (count: number) => (count === 1 ? '1 warning' : `${count} warnings`),
  rewriteHelp: 'Say it as Kestra 2 does; Ctrl-Z undoes it',
  rewrite: 'Rewrite',
  signedOut: 'You are signed out. Your text is kept in this browser and can be saved once you have signed in again.',
  signInInANewTab: 'Sign in in a new tab',
  views: 'Views',
  viewNames: { code: 'Code', form: 'Form', graph: 'Graph', docs: 'Docs' },
  showView: { code: 'Show code', form: 'Show form', graph: 'Show graph', docs: 'Show docs' },
  hideView: { code: 'Hide code', form: 'Hide form', graph: 'Hide graph', docs: 'Hide docs' },
  readOnly: 'Read only',
  undo: 'Undo',
  redo: 'Redo',
  undoWithKeys: 'Undo (Ctrl-Z)',
  redoWithKeys: 'Redo (Ctrl-Shift-Z)',
  arrange: (view: string) => `Arrange ${view}`,
  close: 'Close',
  moveTo: { left: 'Move left', right: 'Move right', up: 'Move up', down: 'Move down' },
  putBelow: (view: string) => `Put below ${view}`,
  dragToAnEdge: 'Drag it onto an edge of another view',
  sizeOfViews: { horizontal: 'Width of the views', vertical: 'Height of the views' },
  noFlow: 'a flow is a map of properties',
  cantBeChangedHere: (problem: string) => `This can't be changed here: ${problem}`,
  textHasAnError: (line: number) =>
    `The text has an error on line ${line}; this is how it was before. Mend it in the code to go on here.`,
  nothingWasRewritten: 'Nothing was rewritten.',
  rewrote: (count: number) => `Rewrote ${count}.`,
  leftAsItIs: (construct: string, line: number, reason: string, others: number) =>
    `Left as it is: ${construct} at line ${line}, ${reason}${others > 0 ? ` (and ${others} more)` : ''}`,
  runOneTask: 'Run one task',
  whatRunningOneDoes: 'It runs for real; the tasks before it do not: their outputs are what you write.',
  run: 'Run',
  outputsOfOtherTasks: 'Outputs of other tasks',
  otherOutputsHelp:
    'YAML or JSON: the id of a task, then its outputs. What this flow reads stands there to be filled in.',
  otherOutputsAreThere:
    'YAML or JSON: the id of a task, then its outputs. These are of the newest execution that succeeded.',
  result: 'Result',
  openTheExecution: 'Open the execution',
  writeAMapOfTasks: 'Write a map: the id of a task, then its outputs',
  outputsAreNoMap: (id: string) => `The outputs of ${id} are no map`,
}
