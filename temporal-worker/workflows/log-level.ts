const ranks: Readonly<Record<string, number>> = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4 }

/** Whether a line of a level is kept; a task that says nothing keeps all but TRACE, as Kestra does. */
export function isLogged(level: string, minimum = 'DEBUG'): boolean {
  return (ranks[level] ?? 2) >= (ranks[minimum] ?? 1)
}
