import type { ReactNode } from 'react'

/** The tour that leads to the first green execution. */
export const tourText = {
  changeTheFlow: 'Change the flow',
  runByTheClock: 'Run by the clock',
  inviteMembers: 'Invite members',
  finishTheTour: 'Finish the tour',
  stepOf: (position: number, count: number) => `Step ${position} of ${count}`,
  tour: 'Tour',
  endTheTour: 'End the tour',
  skipTheTour: 'Skip the tour',
  endedAs: (state: string, link: (text: string) => ReactNode) => (
    <>
      This one ended as {state}. {link('Try “Hello world”')}, which always works.
    </>
  ),
  finish: 'Finish',
  firstSteps: 'First steps',
  welcomeToMillrace: 'Welcome to Millrace',
  welcomeText: 'A minute to your first green run. Begin with a blueprint: a flow that works as it is.',
  showMe: 'Show me',
  chooseABlueprint: 'Choose a blueprint',
  whichBlueprint: 'Those marked “Runs anywhere” need nothing else. “Hello world” is a good first one.',
  takeHelloWorld: 'Take “Hello world”',
  thisIsAFlow: 'This is a flow',
  whatAFlowIs: 'As a graph, and as YAML below it: both say the same. Each box is a task, and runs after the one above.',
  nowRunIt: 'Now run it',
  howToRunIt: 'Press “Use and run”: it becomes a flow of your own, and starts.',
  itRuns: 'It runs',
  waitForTheGreen: 'The tasks, their logs and outputs come in while it runs. Wait for the green.',
  greenWhatNext: 'Green! What next?',
  whatNextText:
    'Change the flow, let it run by the clock, or bring in your team. The tour is in the menu with your name.',
}
