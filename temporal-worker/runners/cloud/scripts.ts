/**
 * Two containers of a job share one volume, `folder`. `files` (an image with curl and busybox) fetches the kit, sends what
 * the command says to the bucket, then its output files, then how it ended. `main` is the user's image: a shell of it runs
 * the command. A job's description holds these two starts and one link to the kit, which is removed once it was read: so
 * nobody who may look at jobs learns what a flow says, and no container needs credentials.
 */
import { outputFolder, type RunnerRequest, RunnerRequestError } from '../runner'

export const folder = '/millrace'
export const workingDir = `${folder}/work`
export const outputDir = `${workingDir}/${outputFolder}`
const io = `${folder}/io`

/** The command of `files`, which must be root: the volume is. */
export const filesCommand = (kitUrl: string) => ['sh', '-c', filesStart, 'files', kitUrl]
/** The command of `main`: whoever the image runs as. */
export const mainCommand = [
  '/bin/sh',
  '-c',
  `trap 'exit 143' TERM
until [ -e ${io}/ready ]; do sleep 0.1 2>/dev/null || sleep 1; done
. ${io}/main`,
]

const curl = 'curl -fsS --retry 8 --retry-all-errors'
const filesStart = `trap '' TERM; umask 0; mkdir -p ${io} ${workingDir} && chmod 777 ${folder} ${io} ${workingDir} &&
${curl} -o ${folder}/kit "$1" && tar xzf ${folder}/kit -C ${folder} && rm ${folder}/kit && exec sh ${io}/files`

const startWithinSeconds = 900
/** What is said is sent at once at first, later when a hundredth of the time until then has passed: links are few. */
const shareOfTime = 100

/** So many parts of a log of `ms` there are at most; see `shareOfTime`. */
export function partsOf(ms: number): number {
  const seconds = Math.max(ms / 1000, shareOfTime)
  return Math.ceil(shareOfTime * (1 + Math.log(seconds / shareOfTime))) + 20
}

/** Azure wants its header; the others do not mind it. */
export const filesScript = `cd ${io}
put() { ${curl} -H 'x-ms-blob-type: BlockBlob' -T "$1" "$2"; }
mkdir -p ${outputDir}; chmod 777 ${outputDir}; mkfifo out err; : > stdout; : > stderr; exec 3< stdout 4< stderr
(cat out > stdout & cat err > stderr; wait; : > over) &
: > ready
(sleep ${startWithinSeconds}; [ -e begun ] || { echo unstarted > exit; : > out; : > err; }) &
began=$(date +%s); parts=0; left=$(wc -l < urls)
while read -r url; do
  pace=$(( 2 + ($(date +%s) - began) * 2 / ${shareOfTime} )); left=$((left-1))
  while [ $parts -gt 0 ] && [ ! -e over ]; do
    sleep 0.5; pace=$((pace-1)); cat <&3 >> o; cat <&4 >> e
    if [ $pace -le 0 ] && [ $left -gt 0 ] && { [ -s o ] || [ -s e ]; }; then break; fi
  done
  is_over=; if [ -e over ]; then is_over=1; fi
  cat <&3 >> o; cat <&4 >> e
  if [ $parts = 0 ] || [ -s o ] || [ -s e ]; then
    { echo "$(stat -c %s o) $(stat -c %s e)"; cat o e; } > part
    put part "$url" || exit 1
    parts=$((parts+1)); : > o; : > e
  fi
  if [ -n "$is_over" ]; then break; fi
done < urls
. ./outputs
{ cat exit 2>/dev/null || echo gone; echo $outputs; } > end
put end "$(cat url.end)"`

/** Looks for the files to keep; more than wanted may come: the worker looks again. */
export function outputsScript(outputFiles: string[]): string {
  const patterns = [`./${outputFolder}/*`, ...outputFiles.map(widen)].map(text => `-path ${quote(text)}`)
  return `outputs=none
(cd ${workingDir} && find . -type f \\( ${patterns.join(' -o ')} \\) -print0 | xargs -0 -r -n 500 tar cf -) > outputs.tar
if [ -s outputs.tar ]; then
  outputs=kept; put outputs.tar "$(cat url.outputs)" || outputs=lost
fi`
}

const firstSpecial = /[*?[\]{}()!+@|\\]/
const lastSpecial = /[*?[\]{}()!+@|\\][^*?[\]{}()!+@|\\]*$/

/** A glob as a pattern of `find -path` that matches at least as much. @example 'a/*.csv' -> './a*.csv' */
function widen(glob: string): string {
  const name = glob.replace(/^(\.?\/)+/, '')
  const first = name.search(firstSpecial)
  if (first === -1) return `./${name}`
  const start = name.slice(0, first).replace(/\/$/, '')
  const end = name.slice(name.search(lastSpecial) + 1).replace(/^\//, '')
  return `./${start}*${end}`
}

/** Runs the command with its environment, in the user's container. */
export function mainScript({ command, env, limits }: RunnerRequest): string {
  const wrong = Object.keys(env).find(name => !/^[A-Za-z_]\w*$/.test(name))
  if (wrong !== undefined) throw new RunnerRequestError(`env: a shell can't set a variable of the name "${wrong}"`)
  const graceSeconds = Math.ceil(limits.killGraceMs / 1000)
  const force = 'kill -KILL $child 2>/dev/null'
  const stop = `kill -TERM $child 2>/dev/null; (sleep ${graceSeconds}; ${force}) 3>&- 4>&- &`
  return `cd ${workingDir}
${Object.entries(env)
  .map(([name, value]) => `export ${name}=${quote(value)}`)
  .join('\n')}
set -- ${command.map(quote).join(' ')}
: > ${io}/begun
exec 3> ${io}/out 4> ${io}/err
if ! command -v "$1" >/dev/null 2>&1; then echo missing > ${io}/exit; exit 127; fi
"$@" >&3 2>&4 3>&- 4>&- &
child=$!
trap '${graceSeconds > 0 ? stop : force}' TERM
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
kill -KILL -1 2>/dev/null
echo $code > ${io}/exit
exit $code`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
