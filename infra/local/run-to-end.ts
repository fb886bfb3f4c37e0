import { type ChildExit, startChild } from './child'

type Command = { command: string; args: string[]; uid?: number; gid?: number }

/** Runs a command; throws with its last lines when it fails. */
export async function runToEnd(
  name: string,
  command: Command,
  options: { cwd?: string; env?: NodeJS.ProcessEnv; log?: (line: string) => void } = {},
): Promise<void> {
  const lines: string[] = []
  const log = (line: string) => {
    lines.push(line)
    options.log?.(line)
  }
  const child = await startChild({ name, ...command, cwd: options.cwd, env: options.env, log })
  const { code, signal }: ChildExit = await child.exited
  if (code === 0) return
  throw new Error(`${name} failed (${signal ?? `exit code ${code}`}):\n${lines.slice(-30).join('\n')}`)
}
