/** Nothing more happens by itself in them. */
export const terminalStates = ['SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED'] as const
export type TerminalState = (typeof terminalStates)[number]

const terminal: ReadonlySet<string> = new Set(terminalStates)

export function isTerminal(state: string): state is TerminalState {
  return terminal.has(state)
}

/** States an execution can be in. */
export const executionStates = [
  'CREATED',
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'RESTARTED',
  'RETRYING',
  'KILLING',
  'BREAKPOINT',
  ...terminalStates,
] as const

export const logLevels = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'] as const
