/** What flows, executions and files have to do with each other: of a namespace, and of an execution. */
export const dependenciesText = {
  noOtherExecution:
    'No other execution led to this one, and it led to none. A Subflow or ForEachItem task calls flows; a Flow trigger starts one after another.',
  firstAreShown: 'There are more; the first are shown.',
  filesRead: 'Files read',
  readsNoFile: 'Its inputs and outputs name no file of another place.',
  filesWritten: 'Files written',
  writesNoFile: 'No task has kept a file.',
  givenTo: 'Given to',
  /** Why an execution is there; the flow of the other one, where one may see it. */
  becauseOf: {
    calls: (flow = 'one that you may not see') => `called by ${flow}`,
    starts: (flow = 'one that you may not see') => `started after ${flow}`,
    replays: (flow = 'one that you may not see') => `replay of ${flow}`,
  },
  /** What an execution did to the one that it led to. */
  ledTo: { calls: 'calls', starts: 'starts', replays: 'replayed' },
  because: 'Because',
  state: 'State',
  file: 'File',
  writtenBy: 'Written by',
  thisExecution: 'this execution',
  graphOfExecutions: 'Executions that led to each other',
  theseFlowsStandAlone: 'These flows stand alone',
  whenFlowsDepend: 'Where a flow calls another as a subflow, or starts after another by a trigger, it is shown here.',
  graphOfFlows: 'Flows that call or start each other',
  kinds: { calls: 'calls', starts: 'is followed by' },
  decidedWhenRun: (flows: string) => `Decided only when they run: ${flows}`,
  howToOpen: 'Double click, or Enter, opens a flow.',
  doesWhat: 'Does what',
  byTaskOrTrigger: 'By the task or trigger',
  anyFlowOf: (namespace: string) => `any flow of ${namespace}`,
  anyFlow: 'any flow',
}
