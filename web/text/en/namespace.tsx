import type { ReactNode } from 'react'

/** Of the pages of namespaces: the tree, variables, plugin defaults, secrets, KV entries, access (`namespaces`). */
export const namespaceText = {
  newNamespace: 'New namespace',
  namespaceNameHelp: 'Dots make a tree: company.team is in company.',
  description: 'Description',
  tree: 'Tree',
  dependencies: 'Dependencies',
  searchNamespaces: 'Search namespaces',
  noNamespaceMatches: 'No namespace matches',
  tryAnotherWord: 'Try another word.',
  clearTheSearch: 'Clear the search',
  noNamespacesYet: 'No namespaces yet',
  whatNamespacesAre:
    'A namespace holds flows with what they share: variables, secrets, KV entries and files. Saving a flow makes the one it names; dots make a tree, as in company.team.',
  savedWhoMayUseIt: 'Saved who may use it',
  whoMayUseIt: 'Who may use it',
  whoMayUseItHelp: (id: string) =>
    `Its flows as subflows, their executions to start after, its KV entries, its files, and its secrets where they are inherited. It holds for the namespaces below ${id} that have no rule of their own.`,
  everyNamespaceMay: 'Every namespace of this tenant, as the namespaces above it say',
  onlyNamedNamespacesMay: 'Only itself and the namespaces named here',
  allowedNamespaces: 'Allowed namespaces',
  allowedNamespacesHelp: 'One a line, each with those below it. Namespaces below this one must be named, too.',
  variables: 'Variables',
  whatVariablesAre: (id: string, code: ReactNode) => (
    <>
      Flows of {id} and below it read them as {code}; of one name the nearest counts. Executions that start from then on
      see a change. Secrets belong on their own page.
    </>
  ),
  pluginDefaults: 'Plugin defaults',
  whatPluginDefaultsAre: (id: string, code: ReactNode) => (
    <>
      As in a flow: properties that tasks and triggers of a type have where they say nothing; with {code} in any case.
      They hold for {id} and all below it.
    </>
  ),
  kvStore: 'KV store',
  access: 'Access',
  noSuchNamespace: 'There is no such namespace',
  nothingIsIn: (id: string) => `Nothing is in ${id}, or you may not see it.`,
  allNamespaces: 'All namespaces',
  kvEntries: 'KV entries',
  showThem: 'Show',
  savedTheDescription: 'Saved the description',
  descriptionHelp: 'What it is for, and whom to ask.',
  deletedTheNamespace: 'Deleted the namespace',
  whatCanBeDeleted: 'Only a namespace without flows, secrets, KV entries and files can be deleted.',
  deleteTheNamespace: 'Delete the namespace',
  askDelete: (id: string) => `Delete ${id}?`,
  whatDeletingDoes: 'Its description, variables, plugin defaults and access rule go.',
  savedTheVariables: 'Saved the variables',
  savedThePluginDefaults: 'Saved the plugin defaults',
  number: 'Number',
  yesOrNo: 'Yes or no',
  dateAndTime: 'Date and time',
  date: 'Date',
  setTheEntry: 'Set the entry',
  newEntry: 'New entry',
  set: 'Set',
  key: 'Key',
  keyHelp: 'Letters, digits, . _ - only.',
  asInExample: (placeholder: string) => `As ${placeholder}`,
  timeToLive: 'Time to live',
  timeToLiveHelp: 'PT1H is an hour, P30D thirty days. Left empty, it stays.',
  goesByItselfOn: (date: string) => `It goes by itself on ${date}.`,
  deletedTheEntry: 'Deleted the entry',
  searchKeys: 'Search keys',
  noKeyMatches: 'No key matches',
  noKvEntries: 'No KV entries',
  whatKvEntriesAre: (code: ReactNode) => (
    <>
      Small values that outlive an execution: where the last load ended, what a colleague switched on. A flow reads one
      as {code}
    </>
  ),
  firstEntriesOf: (count: number, total: number) => `The first ${count} of ${total}; search for the others.`,
  version: 'Version',
  changed: 'Changed',
  expires: 'Expires',
  never: 'Never',
  openNamed: (key: string) => `Open ${key}`,
  open: 'Open',
  deleteNamed: (key: string) => `Delete ${key}`,
  whatDeletingEntryDoes: 'Flows that read it find nothing from then on.',
  aValueIsMissing: 'A value is missing',
  thisIsNoNumber: 'This is no number',
  thisIsNoJson: 'This is no JSON',
  problemAt: (line: number, column: number, problem: string) => `Line ${line}, column ${column}: ${problem}`,
  writeAMap: 'Write a map: name: value',
  writeAList: 'Write a list: each entry begins with -',
  thisIsNoYaml: 'This is no YAML',
  setTheSecret: 'Set the secret',
  newSecret: 'New secret',
  whatSecretsAre: (code: ReactNode) => (
    <>Values can be set and never read again, here or by the API. A flow uses one by its name: {code}</>
  ),
  secretValueHelp: 'It is sealed at once and never shown again.',
  secretDescriptionHelp: 'For people; not secret.',
  deletedTheSecret: 'Deleted the secret',
  noSecretsOfItsOwn: 'No secrets of its own',
  whoUsesItsSecrets: (id: string) => `What is kept here is for the flows of ${id} and of the namespaces below it.`,
  newVersionOf: (key: string) => `New version of ${key}`,
  newVersion: 'New version',
  whatDeletingSecretDoes:
    'All its versions go. Flows that use it fail from then on, unless a namespace above has one of this name.',
  inherited: 'Inherited',
  hiddenByItsOwn: 'hidden by its own',
}
