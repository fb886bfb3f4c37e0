import type { ReactNode } from 'react'

/** Of the pages of flows: the list, a new flow, and one flow with its tabs (`flows`). */
export const flowText = {
  noFlowYet: 'No flow yet',
  roleMayOnlyLook: 'Your role may look at flows, and not make any. Whoever may has made none that you can see.',
  createYourFirstFlow: 'Create your first flow',
  whatAFlowIs:
    'A flow is a YAML text: its tasks, what they need and when they run. Start from one that works, or paste a flow of your own: Kestra flows run unchanged.',
  chooseABlueprint: 'Choose a blueprint',
  pasteOrWriteYaml: 'Paste or write YAML',
  blueprintsToBeginWith: 'Blueprints to begin with',
  newFlow: 'New flow',
  searchFlows: 'Search flows',
  showAllNamespaces: 'Show all namespaces',
  ofNamespace: (namespace: string) => `Namespace: ${namespace}`,
  noFlowMatches: 'No flow matches',
  tryAnotherWord: 'Try another word or namespace.',
  clearTheSearch: 'Clear the search',
  lastExecution: 'Last execution',
  revision: 'Revision',
  updated: 'Updated',
  neverRun: 'Never run',
  savedElsewhereMeanwhile: (revision: number) =>
    `Revision ${revision} was saved elsewhere while you were editing. Your text is not saved yet.`,
  savedBySomebodyMeanwhile: (savedBy: string, revision: number) =>
    `${savedBy} saved revision ${revision} while you were editing. Your text is not saved yet.`,
  compare: 'Compare',
  revisionAndYourText: (revision: number) => `Revision ${revision} and your text`,
  whatTheColoursAre: 'Red: only in the saved revision. Green: only in your text.',
  goOnEditing: 'Go on editing',
  saveMineOnTop: 'Save mine on top',
  undoBringsYoursBack: 'Ctrl-Z brings yours back',
  takeTheirs: 'Take theirs',
  runOneTask: 'Run one task',
  rewriteForKestra2: 'Rewrite for Kestra 2',
  rewriteForKestra1: 'Rewrite for Kestra 1',
  saveAsBlueprint: 'Save as blueprint',
  deleteFlow: 'Delete flow',
  askDelete: (id: string) => `Delete ${id}?`,
  whatDeletingDoes: 'It can no longer be run. Its executions stay.',
  deleted: (id: string) => `Deleted ${id}`,
  noSuchFlow: 'There is no such flow',
  nothingIsCalled: (id: string, namespace: string) =>
    `Nothing is called ${id} in the namespace ${namespace}. It may have been deleted.`,
  allFlows: 'All flows',
  edit: 'Edit',
  revisions: 'Revisions',
  disabled: 'Disabled',
  unsavedChanges: 'Unsaved changes',
  saveCtrlS: 'Save (Ctrl-S)',
  executeCtrlE: 'Execute (Ctrl-E)',
  theFlowsConcurrencyLimit: "The flow's concurrency limit",
  runAndWait: (running: number, places: number, waiting: number) =>
    waiting > 0 ? `${running} of ${places} run, ${waiting} wait` : `${running} of ${places} run`,
  current: 'current',
  revisionNumber: (revision: number) => `Revision ${revision}`,
  changesFromRevisionTo: (from: number, to: number) => `Changes from revision ${from} to ${to}`,
  theFirstRevision: 'The first revision',
  graph: 'Graph',
  restoreInTheEditor: 'Restore in the editor',
  showTheChangesAs: 'Show the changes as',
  flowHasNoTrigger: 'This flow has no trigger',
  howItStarts: (code: ReactNode) => (
    <>
      It starts when somebody presses Execute, by the API or from another flow. Add {code} to its text to start it by
      itself.
    </>
  ),
  savedRevision: (revision: number) => `Saved revision ${revision}`,
  createdRevision: (id: string, revision: number) => `Created ${id}, revision ${revision}`,
}
