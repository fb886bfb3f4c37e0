import { isTerminal } from '#language/states'
import { stateNames } from '#web/components/execution/states'

const first = ['SUCCESS', 'WARNING', 'FAILED']

/** The states that occur, in the order in which they are stacked: those that ended, worst last, then what is open. */
export function shownStates(states: Record<string, number>): string[] {
  const order = [
    ...first,
    ...stateNames.filter(name => isTerminal(name) && !first.includes(name)),
    ...stateNames.filter(name => !isTerminal(name)),
  ]
  return order.filter(name => states[name])
}

/** Of those that ended, the share that did not fail or was ended by somebody; undefined where none ended. */
export function successRate(states: Record<string, number>): number | undefined {
  const ended = Object.entries(states).filter(([state]) => isTerminal(state))
  const total = ended.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return undefined
  return ((states.SUCCESS ?? 0) + (states.WARNING ?? 0)) / total
}

export function sumOf(states: Record<string, number>): number {
  return Object.values(states).reduce((sum, count) => sum + count, 0)
}
