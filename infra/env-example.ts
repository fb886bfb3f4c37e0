import { z } from 'zod'
import { describe, Env, type EnvName } from './env'

/** The text of `.env.example`. */
export function envExample(): string {
  const names = Object.keys(Env.shape) as EnvName[]
  return [
    '# Copy to .env and change what you need: `npm start` reads it. Made by `npm run env:example`.',
    ...names.map(entry),
  ]
    .join('\n\n')
    .concat('\n')
}

function entry(name: EnvName): string {
  const { description = '', example } = describe(name)
  const schema = Env.shape[name]
  const value = schema instanceof z.ZodDefault ? schema.parse(undefined) : (example ?? '')
  const note = schema instanceof z.ZodDefault && example ? ` E.g. ${example}` : ''
  return `${wrap(description + note)}\n# ${name}=${value}`
}

/** Comment lines of at most 120 characters. */
function wrap(text: string): string {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string
    if (last.length + word.length + 1 > 120) lines.push(`# ${word}`)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}
