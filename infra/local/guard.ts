import { type ChildProcess, spawn } from 'node:child_process'

/**
 * A shell that outlives us only for a moment: it is told of each child, and when our end of its pipe closes
 * (we ended, or were killed with SIGKILL) it asks those that are left to end, last started first.
 */
const script = `
trap '' INT TERM HUP
list=
while read -r op pid signal; do
  case $op in
    +) list="$pid:$signal $list" ;;
    -) kept=; for entry in $list; do [ "\${entry%%:*}" = "$pid" ] || kept="$kept $entry"; done; list=$kept ;;
  esac
done
for entry in $list; do kill -s "\${entry#*:}" "\${entry%%:*}" 2>/dev/null; done
for wait in 1 2 3 4 5 6 7 8 9 10; do
  alive=; for entry in $list; do kill -0 "\${entry%%:*}" 2>/dev/null && alive=1; done
  [ -n "$alive" ] || exit 0
  sleep 1
done
for entry in $list; do kill -s KILL "\${entry%%:*}" 2>/dev/null; done
`

let guard: ChildProcess | undefined

function tell(message: string) {
  guard?.stdin?.write(`${message}\n`)
}

/** Makes sure that the process ends when this one does, however that happens. Returns how to forget it. */
export function guardChild(pid: number, signal: NodeJS.Signals): () => void {
  if (process.platform === 'win32') return () => {}
  if (!guard) {
    guard = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    guard.on('error', () => {})
    guard.stdin?.on('error', () => {})
    // The guard must not keep us alive.
    guard.unref()
    const stdin = guard.stdin as unknown as { unref?: () => void } | null
    stdin?.unref?.()
  }
  tell(`+ ${pid} ${signal.replace('SIG', '')}`)
  return () => tell(`- ${pid}`)
}
