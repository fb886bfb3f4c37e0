import type { ReactNode } from 'react'

const executionsOf = (total: number, shown: string) => (total === 1 ? `${shown} execution` : `${shown} executions`)

/** Triggers: their page, those of a flow, their backfills, and the next dates beside the editor. */
export const triggerText = {
  searchTriggers: 'Search triggers',
  anyKind: 'Any kind',
  status: 'Status',
  anyStatus: 'Any status',
  noTriggerMatches: 'No trigger matches',
  loosenTheFilters: 'Loosen the filters to see more.',
  noFlowStartsByItself: 'No flow starts by itself yet',
  whatTriggersDo: (code: ReactNode) => (
    <>
      A flow with triggers starts on a schedule, when its address is called, after other flows, or when something new is
      found. Add {code} to a flow, and they appear here.
    </>
  ),
  enabled: 'Enabled',
  disabled: 'Disabled',
  withAnError: 'With an error',
  inABackfill: 'In a backfill',
  copyTheAddress: 'Copy the address',
  copyTheCurlCommand: 'Copy the curl command',
  addressWithoutKey: 'Put the value that the key comes to in the place of KEY. Who knows it can start the flow.',
  whoKnowsTheAddress: 'Who knows this address can start the flow.',
  backfillOne: (triggerId: string) => `Backfill ${triggerId}`,
  whatABackfillIs: 'Runs the flow for each date of the schedule in a range of the past, one after the other.',
  startBackfill: 'Start backfill',
  timeIn: (zone: string) => `Time in ${zone}`,
  to: 'To',
  endHelp: 'Both belong to the range',
  labels: 'Labels',
  labelsHelp: 'Of each execution, so that you find them again',
  howLabelsAreWritten: 'Write key:value, key:value',
  startedTheBackfillOf: (triggerId: string) => `Started the backfill of ${triggerId}`,
  chooseBothEnds: 'Choose both ends of the range.',
  noDateInRange: 'The schedule has no date in this range.',
  exactly: (total: number, shown: string) => executionsOf(total, shown),
  roughly: (total: number, shown: string) => `About ${executionsOf(total, shown)}`,
  atMost: (total: number, shown: string) => `At most ${executionsOf(total, shown)}`,
  atMostRoughly: (total: number, shown: string) => `At most about ${executionsOf(total, shown)}`,
  confirmExactly: (shown: string) => `Yes, start ${shown} executions`,
  confirmRoughly: (shown: string) => `Yes, start about ${shown} executions`,
  oneAfterTheOther: ', one after the other',
  about: (duration: string) => `, about ${duration}`,
  oneAfterOtherAbout: (all: string, each: string) => `, one after the other: about ${all} at ${each} each`,
  backfillOf: (triggerId: string) => `Backfill of ${triggerId}`,
  doneOf: (done: string, total: string) => `${done} of ${total}`,
  doneOfAbout: (done: string, total: string) => `${done} of about ${total}`,
  range: (start: ReactNode, end: ReactNode) => (
    <>
      {start} – {end}
    </>
  ),
  rangeNowAt: (start: ReactNode, end: ReactNode, now: ReactNode) => (
    <>
      {start} – {end}, now at {now}
    </>
  ),
  pausedByItself: (problem: string) => `It paused by itself. ${problem}`,
  backfillPaused: 'Backfill paused',
  backfill: 'Backfill',
  continue: 'Continue',
  pause: 'Pause',
  askToCancel: 'Cancel the backfill?',
  whatCancellingDoes: 'No further date is replayed. What runs already goes on, and what has run stays.',
  cancelTheBackfill: 'Cancel the backfill',
  datesReplayed: 'Dates replayed',
  inYourTimeZone: (date: string) => `${date} in your time zone`,
  conditionsMayExclude: 'Its conditions may rule some of them out.',
  nextDates: 'Next dates',
  nextDatesIn: (zone: string) => `Next dates in ${zone}`,
  definition: 'Definition',
  nothingButItsType: 'Nothing but its type.',
  actionsOf: (triggerId: string) => `Actions of ${triggerId}`,
  startABackfill: 'Backfill…',
  unlock: 'Unlock',
  deleteItsState: 'Delete its state',
  askToUnlock: (triggerId: string) => `Unlock ${triggerId}?`,
  whatUnlockingDoes:
    'It starts its next execution although one has not ended. That one goes on: kill it if it should not.',
  askToDeleteState: (triggerId: string) => `Delete the state of ${triggerId}?`,
  whatDeletingStateDoes:
    'Its dates, its backfill, its switch and what it has seen are forgotten. It stays in the flow and begins afresh from now.',
  disabledByTheFlow: 'Disabled by the flow',
  disabledBecause: (reason: string) => `Disabled ${reason}`,
  waitsFor: (execution: ReactNode) => <>waits for {execution}</>,
  backfillRuns: 'Backfill runs',
  isEnabled: (triggerId: string) => `${triggerId} is enabled`,
  theFlowDisablesIt: 'The flow disables it',
  enable: 'Enable',
  disable: 'Disable',
  nextDate: 'Next date',
  lastDate: 'Last date',
  lastExecution: 'Last execution',
  switchAndActions: 'Switch and actions',
  noneYet: 'None yet',
  schedule: 'Schedule',
  polling: 'Polling',
  realtime: 'Realtime',
  webhook: 'Webhook',
  triggerAt: (position: number) => `trigger ${position}`,
  unlocked: (triggerId: string) => `Unlocked ${triggerId}`,
  beginsAfresh: (triggerId: string) => `${triggerId} begins afresh`,
  cancelledTheBackfill: 'Cancelled the backfill',
}
