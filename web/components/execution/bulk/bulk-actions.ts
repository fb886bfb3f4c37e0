import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import type { Permission } from '#web/server/access/permissions'

export type BulkName =
  | 'kill'
  | 'restart'
  | 'replay'
  | 'replayLatest'
  | 'pause'
  | 'resume'
  | 'forceRun'
  | 'unqueue'
  | 'setState'
  | 'addLabels'
  | 'delete'

export type BulkAction = {
  name: BulkName
  label: string
  permission: Permission
  /** What was done with so many executions. */
  done: (count: string) => string
  /** What the dialog says before something that can't be undone. */
  warning?: string
  isInMenu?: true
}

/** In the order in which the bar shows them. */
export const bulkActions: BulkAction[] = [
  { name: 'restart', label: executionText.restart, permission: 'FLOW:EXECUTE', done: executionText.bulkDone.restart },
  { name: 'replay', label: executionText.replay, permission: 'FLOW:EXECUTE', done: executionText.bulkDone.replay },
  { name: 'resume', label: executionText.resume, permission: 'EXECUTION:UPDATE', done: executionText.bulkDone.resume },
  {
    name: 'kill',
    label: executionText.kill,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.kill,
    warning: executionText.whatKillingDoes,
  },
  {
    name: 'replayLatest',
    label: executionText.replayWithNewestRevision,
    permission: 'FLOW:EXECUTE',
    done: executionText.bulkDone.replayLatest,
    isInMenu: true,
  },
  {
    name: 'pause',
    label: executionText.pause,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.pause,
    isInMenu: true,
  },
  {
    name: 'forceRun',
    label: executionText.runNow,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.forceRun,
    isInMenu: true,
  },
  {
    name: 'unqueue',
    label: executionText.cancelQueuedOnes,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.unqueue,
    warning: executionText.whatCancellingQueuedDoes,
    isInMenu: true,
  },
  {
    name: 'setState',
    label: executionText.changeTheStateOfChosen,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.setState,
    isInMenu: true,
  },
  {
    name: 'addLabels',
    label: executionText.addLabelsToChosen,
    permission: 'EXECUTION:UPDATE',
    done: executionText.bulkDone.addLabels,
    isInMenu: true,
  },
  {
    name: 'delete',
    label: commonText.delete,
    permission: 'EXECUTION:DELETE',
    done: executionText.bulkDone.delete,
    warning: executionText.whatDeletingChosenDoes,
    isInMenu: true,
  },
]

/** Those that somebody may use; none while that is not known yet. */
export function bulkActionsOf(permissions: readonly Permission[] = []): BulkAction[] {
  return bulkActions.filter(({ permission }) => permissions.includes(permission))
}

/** `3 killed, 1 not: An execution that is SUCCESS can't be killed` */
export function summaryOf(
  { count, failed, errors }: { count: number; failed: number; errors: { message: string }[] },
  done: BulkAction['done'],
): string {
  const what = done(count.toLocaleString('en'))
  if (failed === 0) return what
  const reasons = [...new Set(errors.map(({ message }) => message))]
  return executionText.bulkFailed(what, failed.toLocaleString('en'), reasons[0], reasons.length - 1)
}
