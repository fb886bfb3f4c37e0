import { nextDate } from './triggers/schedule-dates'

const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const days = 'SUN MON TUE WED THU FRI SAT'.split(' ')

type Field = { name: string; from: number; to: number; names?: string[]; firstName?: number }

const second: Field = { name: 'second', from: 0, to: 59 }
const fields: Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: months, firstName: 1 },
  { name: 'day of week', from: 0, to: 7, names: days, firstName: 0 },
]

/** What is wrong with a cron expression, in words; null where nothing is. @example cronProblem('61 * * * *') */
export function cronProblem(cron: string, options: { withSeconds?: boolean } = {}): string | null {
  const text = cron.trim()
  if (text.startsWith('@')) return nicknames.includes(text.toLowerCase()) ? null : `unknown nickname "${text}"`
  const parts = text.split(/\s+/)
  const expected = options.withSeconds === true ? [second, ...fields] : fields
  if (parts.length !== expected.length) {
    return `a cron expression has ${expected.length} fields (${expected.map(field => field.name).join(', ')}), not ${parts.length}`
  }
  for (const [index, field] of expected.entries()) {
    const problem = fieldProblem(parts[index]!, field)
    if (problem !== null) return problem
  }
  const hasDate = nextDate({ cron: text, ...options }, new Date(0)) !== undefined
  return hasDate ? null : 'there is no such day in any year: it would never fire'
}

function fieldProblem(text: string, field: Field): string | null {
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/')
    const isStep = step === undefined || (/^\d+$/.test(step) && Number(step) > 0)
    if (more.length > 0 || !isStep || !isRange(range, field)) {
      return `"${part}" is no ${field.name}; it takes ${field.from}-${field.to}, *, lists, ranges and steps`
    }
  }
  return null
}

function isRange(text: string, field: Field): boolean {
  if (text === '*') return true
  if (text === '?' || text === 'L' || text === 'LW') return field.name.startsWith('day')
  if (field.name === 'day of month' && /^\d+W$/.test(text)) return true
  if (field.name === 'day of week' && /^\w+(#[1-5]|L)$/.test(text))
    return numberOf(text.replace(/(#\d|L)$/, ''), field) !== null
  const bounds = text.split('-').map(bound => numberOf(bound, field))
  return bounds.length <= 2 && bounds.every(bound => bound !== null)
}

function numberOf(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1
  const value = named >= 0 ? named + (field.firstName ?? 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= field.from && value <= field.to ? value : null
}
