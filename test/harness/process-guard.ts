import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Ends the process groups that a test started when the test's process dies, even by SIGKILL: a tiny shell in its own
 * session reads the groups from a pipe, and the kernel closes the pipe with the process.
 */
export type ProcessGuard = {
  watch(group: number): void
  release(group: number): void
}

const script = `set=' '
while read -r op id; do
  case $op in
    +) set="$set$id " ;;
    -) set="\${set%% $id *} \${set#* $id }" ;;
  esac
done
for id in $set; do kill -s KILL -- "-$id" 2>/dev/null; done`

export function createProcessGuard(): ProcessGuard {
  const groups = new Set<number>()
  let shell: ChildProcess | undefined

  function start(): ChildProcess {
    const started = spawn('/bin/sh', ['-c', script], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {} as NodeJS.ProcessEnv,
      cwd: '/',
    })
    const forget = () => {
      if (shell === started) shell = undefined
    }
    started.on('exit', forget)
    started.on('error', forget)
    started.stdin?.on('error', forget)
    started.unref()
    for (const group of groups) started.stdin?.write(`+ ${group}\n`)
    return started
  }

  return {
    watch(group) {
      groups.add(group)
      if (shell === undefined) shell = start()
      else shell.stdin?.write(`+ ${group}\n`)
    },
    release(group) {
      groups.delete(group)
      shell?.stdin?.write(`- ${group}\n`)
    },
  }
}
