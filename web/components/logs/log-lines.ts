export const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const
export type Level = (typeof levels)[number]

export function isLevel(value: string | null): value is Level {
  return (levels as readonly (string | null)[]).includes(value)
}

/** Positions are whole numbers too large for a `number`. */
export function isAfter(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals begin with one
const ansi = /\u001b\[[0-9;]*[A-Za-z]/g

/** The message without a terminal's colours. */
export function plainText(message: string): string {
  return message.includes('\u001b') ? message.replace(ansi, '') : message
}

/** A text in parts, every second of which is what was looked for, in whatever case. */
export function splitFound(text: string, wanted: string | undefined): string[] {
  if (!wanted) return [text]
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.split(new RegExp(`(${escaped})`, 'gi'))
}

export type ExecutionLink = { executionId: string; name: string }

const link = /\[\[link execution="([A-Za-z0-9]+)" flowId="([^"]*)" namespace="([^"]*)"\]\]/g

/** A message in parts: text, and the executions that tasks link to (temporal-worker/workflows/steps/subflow.ts). */
export function splitLinks(message: string): (string | ExecutionLink)[] {
  const parts: (string | ExecutionLink)[] = []
  let end = 0
  for (const { 0: whole, 1: executionId, 2: flowId, 3: namespace, index } of message.matchAll(link)) {
    parts.push(message.slice(end, index), { executionId: executionId!, name: `${namespace}.${flowId}` })
    end = index + whole.length
  }
  return [...parts, message.slice(end)].filter(part => part !== '')
}
