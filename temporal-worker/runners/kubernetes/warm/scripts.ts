/** What runs in the two containers of a warm pod. `main` has a shell and nothing else; `files` has busybox. */
import type { RunnerRequest } from '../../runner'
import { ioFolder as io, maxNamesBytes, workingDir as work } from '../scripts'

/** Only `files` sees it: what of a use the user's command must not touch. */
export const ownFolder = '/millrace/own'
/** Where `files` sees the /tmp of `main`. */
export const tmpFolder = '/millrace/tmp'
const own = ownFolder

/**
 * The first process of the user's container waits for a child that reads what never comes: so it sleeps, and whatever is
 * orphaned finds somebody who waits for it. That child is started again when it is killed.
 */
export const restScript = `trap 'exit 143' TERM
while :; do (read -r _ || exit 9); [ $? -ne 9 ] || exit 1; done`

/** Makes all as a command finds it; the last fifo tells that it is done. */
const prepare = `prepare() {
  mkdir ${work}/.outputs && chmod 777 ${work}/.outputs && : > ${own}/stdout && : > ${own}/stderr &&
    mkfifo ${own}/bell ${io}/out ${io}/err
}`

export const restFilesScript = `${prepare}
trap 'exit 0' TERM; prepare || exit 1; while :; do sleep 3600 & wait $!; done`

/**
 * Serves one use after another, as it is told by lines of stdin; its argument is the mark, unknown to users, that ends each
 * section of stderr.
 *   begin BYTES ALL  unpacks so many bytes that follow, keeps what the command says, and follows it; ALL: lists all files
 *   follow ALL OUT ERR  follows it from so many bytes of its stdout and stderr on
 *   wipe             answers \`clean\` once all is as it was before the first use
 * A use is told as stdout and stderr of the command; then, each a line, the bytes of stdout, how it ended, names of files.
 */
export const serveScript = `exec 5>&2 2> /dev/null; mark=$1
spots="${io} ${work} ${own} ${tmpFolder} /dev/shm /dev/mqueue"
say() { printf '%s%s' "$1" "$mark" >&5; }
ended() { say "0
$1
"; }
${prepare}
begin() {
  if [ "$1" -gt 0 ]; then head -c "$1" | tar xz -C ${work} || { say ''; ended unfit; return; }; fi
  mkdir ${own}/taken || exit 1
  (cat ${io}/out > ${own}/stdout & cat ${io}/err > ${own}/stderr; wait
   : > ${own}/over; echo > ${own}/bell) < /dev/null > /dev/null 5>&- &
  follow "$2" 0 0
}
follow() {
  exec 3< ${own}/stdout 4< ${own}/stderr; n=0; every=0.05
  dd bs=1 skip="$2" count=0 <&3; dd bs=1 skip="$3" count=0 <&4
  until [ -e ${own}/over ]; do
    cat <&3; cat <&4 >&5
    n=$((n+1)); [ $n -lt 40 ] || every=0.25
    read -r -t $every _ <> ${own}/bell
  done
  cat <&3; cat <&4 >&5; exec 3<&- 4<&-; say ''
  code=gone; [ ! -f ${io}/exit ] || code=$(head -c 16 ${io}/exit | head -n 1)
  printf '%s\\n%s\\n' $(wc -c < ${own}/stdout) "$code" >&5
  if [ "$1" = all ] || [ -n "$(ls -A ${work}/.outputs)" ]; then
    (cd ${work} && find . -type f -print0 | head -c ${maxNamesBytes + 1} >&5)
  fi
  say ''
}
left() { find $spots -mindepth 1 | head -n 1; }
each() { find $spots -mindepth 1 -maxdepth 1 -exec "$@" {} +; }
wipe() {
  each rm -rf
  if [ -n "$(left)" ]; then each chmod -R u+rwx; each rm -rf; fi
  [ -z "$(left)" ]
}
while read -r word one two three; do
  case $word in
    begin) begin "$one" "$two" ;;
    follow) if mkdir ${own}/taken; then say ''; ended never; else follow "$one" "$two" "$three"; fi ;;
    wipe) if wipe > /dev/null && prepare; then say clean; else say dirty; fi ;;
  esac
done`

/** Of a shell in the user's container: ends all that runs there but the first process, and answers whether all is fresh. */
export const clearScript = `{
kill -KILL -1
millrace_n=0
while set -- /proc/[0-9]*; [ $# -gt 3 ] && [ $millrace_n -lt 500 ]; do millrace_n=$((millrace_n+1)); sleep 0.01; done
(
dirty() { echo "$1"; exit; }
[ $# -le 3 ] || dirty 'processes stay'
while read -r _ at type options; do
  case $type,$options in proc,*|sysfs,*|devpts,*|cgroup*,*|*,ro|*,ro[,\\ ]*) continue ;; esac
  case $at in
    ${work}|${io}|/tmp|/dev|/dev/shm|/dev/mqueue|/dev/termination-log|/etc/hosts|/sys/fs/cgroup|/proc/*) ;;
    *) dirty "$at can be written to" ;;
  esac
done < /proc/mounts
for counts in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  [ ! -r $counts ] || while read -r name count; do
    [ "$name" != oom_kill ] || [ "$count" = 0 ] || dirty 'memory ran out'
  done < $counts
done
for at in /proc/sysvipc/*; do { read -r _; read -r _ && dirty "something stays in $at"; } < $at; done
: > /dev/termination-log
echo clean
)
} 2> /dev/null
`

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/**
 * A request as a script for a shell's stdin in the user's container: begins the command, at most once in a pod's use, and
 * leaves it to itself. It goes on without its worker.
 */
export function beginScript({ command, env }: Pick<RunnerRequest, 'command' | 'env'>): string {
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`)
  return `{
until [ -p ${io}/err ]; do sleep 0.02 || sleep 1; done 2> /dev/null
cd ${work}
echo begun
(set -C; : > ${io}/begun) 2> /dev/null || exit 0
(
exec 3> ${io}/out 4> ${io}/err
set -- ${command.map(quote).join(' ')}
${exports.join('\n')}
if ! command -v "$1" > /dev/null 2>&1; then echo missing > ${io}/exit; exit; fi
"$@" >&3 2>&4 3>&- 4>&- &
millrace_child=$!; echo $millrace_child > ${io}/child
wait $millrace_child; millrace_code=$?
kill -KILL -1
echo $millrace_code > ${io}/exit
) < /dev/null > /dev/null 2>&1 &
exit 0
}
`
}

export const signalCommands = {
  SIGTERM: ['/bin/sh', '-c', `read -r child < ${io}/child && kill -TERM "$child"`],
  SIGKILL: ['/bin/sh', '-c', 'kill -KILL -1'],
} as const
/** Ends the user's container: only then does the cluster say what became of it. */
export const endMainCommand = ['/bin/sh', '-c', 'kill -TERM 1; kill -KILL -1']

/** Names that the shells themselves keep for their own. */
const kept = /^(PPID|UID|EUID|GROUPS|DIRSTACK|SHELLOPTS|PIPESTATUS|FUNCNAME|BASH\w*|_)$/

/** A shell can't hand every name on: with such a one the command runs in a Job of its own. */
export const isExportable = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !kept.test(name)
