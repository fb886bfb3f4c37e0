import { isFinal } from '#web/components/execution/states'
import type { Permission } from '#web/server/access/permissions'

export type ActionName =
  | 'kill'
  | 'pause'
  | 'resume'
  | 'forceRun'
  | 'unqueue'
  | 'restart'
  | 'replay'
  | 'setTaskState'
  | 'delete'

/** Which actions a state allows. */
const allowed: Record<ActionName, (state: string) => boolean> = {
  kill: state => !isFinal(state) && state !== 'KILLING',
  pause: state => state === 'RUNNING',
  resume: state => state === 'PAUSED',
  // One that is CREATED may wait for its date.
  forceRun: state => state === 'QUEUED' || state === 'CREATED',
  unqueue: state => state === 'QUEUED',
  restart: state => isFinal(state) && state !== 'KILLED' && state !== 'SUCCESS',
  replay: isFinal,
  setTaskState: state => isFinal(state) && state !== 'KILLED',
  delete: isFinal,
}

/** What somebody needs for them. */
export const permissionOf: Record<ActionName, Permission> = {
  kill: 'EXECUTION:UPDATE',
  pause: 'EXECUTION:UPDATE',
  resume: 'EXECUTION:UPDATE',
  forceRun: 'EXECUTION:UPDATE',
  unqueue: 'EXECUTION:UPDATE',
  restart: 'FLOW:EXECUTE',
  replay: 'FLOW:EXECUTE',
  setTaskState: 'EXECUTION:UPDATE',
  delete: 'EXECUTION:DELETE',
}

export function isActionAllowed(action: ActionName, state: string): boolean {
  return allowed[action](state)
}
