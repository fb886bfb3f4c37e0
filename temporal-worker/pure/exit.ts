import { toText } from '#language/json'
import { type ExitState, PureFailure, type PureTask } from './pure-task'

const states: Readonly<Record<string, ExitState>> = {
  SUCCESS: 'SUCCESS',
  WARNING: 'WARNING',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
  CANCELED: 'CANCELLED',
  KILLED: 'KILLED',
}

export const exit: PureTask = properties => {
  const wanted = toText(properties.state).trim().toUpperCase() || 'SUCCESS'
  const state = Object.hasOwn(states, wanted) ? states[wanted] : undefined
  if (state === undefined)
    throw new PureFailure(`${wanted} is no state to exit with: ${Object.keys(states).join(', ')}`)
  return { effect: { kind: 'exit', state } }
}
