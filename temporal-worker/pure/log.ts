import { toText } from '#language/json'
import type { PureTask } from './pure-task'

export const log: PureTask = ({ message, level }) => {
  const messages = Array.isArray(message) ? message : [message]
  return { logs: messages.map(line => ({ level: levelOf(level), message: toText(line) })) }
}

export const echo: PureTask = ({ format, level }) => ({ logs: [{ level: levelOf(level), message: toText(format) }] })

function levelOf(level: unknown): string {
  return typeof level === 'string' && level.trim() !== '' ? level.trim().toUpperCase() : 'INFO'
}
