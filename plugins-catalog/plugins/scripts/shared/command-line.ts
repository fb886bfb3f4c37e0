import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { privateFilePrefix } from '#language/define-plugin'

type Shell = 'posix' | 'powershell' | 'other'

const shells: Record<string, Shell> = {
  sh: 'posix',
  bash: 'posix',
  dash: 'posix',
  ash: 'posix',
  ksh: 'posix',
  zsh: 'posix',
  pwsh: 'powershell',
  powershell: 'powershell',
}

const stopAtFirstFailure: Record<Shell, string[]> = {
  posix: ['set -e'],
  powershell: ['$ErrorActionPreference = "Stop"'],
  other: [],
}

/** Linux refuses a single argument above 128 KiB. */
const maxArgumentBytes = 100 * 1024

/** Which syntax the commands of an interpreter have. */
export function shellOf(interpreter: string[]): Shell {
  const program = basename(interpreter[0] ?? '')
  return shells[program === 'env' ? basename(interpreter[1] ?? '') : program] ?? 'other'
}

/** A text as one word of a shell; the same quotes serve PowerShell as long as the text has none itself. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** The argument vector for an interpreter: all commands joined by newlines are one argument, as in Kestra. */
export async function buildCommand(options: {
  interpreter: string[]
  failFast: boolean
  lines: string[]
  hostDir: string
  workingDir: string
}): Promise<string[]> {
  const { interpreter, failFast, lines, hostDir, workingDir } = options
  const shell = shellOf(interpreter)
  const all = [...(failFast ? stopAtFirstFailure[shell] : []), ...lines].join('\n')
  if (shell !== 'posix' || Buffer.byteLength(all) <= maxArgumentBytes) return [...interpreter, all]
  const file = `${privateFilePrefix}commands`
  await writeFile(join(hostDir, file), all)
  return [...interpreter, `. ${quote(`${workingDir}/${file}`)}`]
}
