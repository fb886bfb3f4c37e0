import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

type Holder = { pid: number; address: string; commandLine: string }

/** Only one stack works in a data folder. Throws with what runs there; returns how to give the folder back. */
export function lockFolder(dir: string, address: string): () => void {
  const file = join(dir, 'lock')
  const holder = readHolder(file)
  if (holder) {
    throw new Error(
      `Millrace already runs in ${dir} (process ${holder.pid}, ${holder.address}). ` +
        'Stop it first, or choose another folder: npm start -- --data DIR --port N',
    )
  }
  rmSync(file, { force: true })
  const descriptor = openSync(file, 'wx')
  const own: Holder = { pid: process.pid, address, commandLine: commandLineOf(process.pid) }
  writeSync(descriptor, JSON.stringify(own))
  closeSync(descriptor)
  return () => rmSync(file, { force: true })
}

/** Who holds the lock, if that process still lives; its number may belong to another program by now. */
function readHolder(file: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder
    process.kill(holder.pid, 0)
    return commandLineOf(holder.pid) === holder.commandLine ? holder : undefined
  } catch {
    return undefined
  }
}

/** Empty where the system has no /proc. */
function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
