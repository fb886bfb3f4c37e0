import { isFinal } from '#web/components/execution/states'

export type ActionName = 'kill' | 'pause' | 'resume' | 'restart' | 'replay' | 'delete'

/** Which actions a state allows. */
const allowed: Record<ActionName, (state: string) => boolean> = {
  kill: state => !isFinal(state) && state !== 'KILLING',
  pause: state => state === 'RUNNING',
  resume: state => state === 'PAUSED',
  restart: state => isFinal(state) && state !== 'KILLED' && state !== 'SUCCESS',
  replay: isFinal,
  delete: isFinal,
}

export function isActionAllowed(action: ActionName, state: string): boolean {
  return allowed[action](state)
}
