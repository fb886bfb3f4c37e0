/**
 * The two containers of a pod work hand in hand through one small volume. `main` is the user's image: a shell of it runs
 * the command and hands signals on. `files` unpacks what the task gets, keeps all that the command says in two files, and
 * stays until the results were fetched. (The kubelet's own log mixes stdout with stderr, and loses and doubles lines when
 * it is rotated under a fast writer: tried, 8 million lines.)
 */
export const workingDir = '/millrace/work'
const io = '/millrace/io'
export const ioFolder = io
export const inputFolder = '/millrace/in'
export const inputArchive = 'files.tar.gz'

/** The first process of the user's container. Its end closes the pipes, whatever the command did with them. */
export const mainScript = `io=${io}
while [ ! -e $io/ready ]; do sleep 0.02 2>/dev/null || sleep 1; done
exec 3> $io/out 4> $io/err
if ! command -v "$1" >/dev/null 2>&1; then echo missing > $io/exit; exit 127; fi
"$@" >&3 2>&4 3>&- 4>&- &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
kill -KILL -1 2>/dev/null
echo $code > $io/exit
exit $code`

/** Argument: `upload` where the input files come over the API server instead of lying there. */
export const filesScript = `io=${io}; trap '' TERM; mkfifo $io/out $io/err
if [ "$1" = upload ]; then until [ -e $io/unpacked ]; do sleep 0.05; done
elif [ -e ${inputFolder}/${inputArchive} ]; then tar xzf ${inputFolder}/${inputArchive} -C ${workingDir} || exit 1; fi
mkdir -p ${workingDir}/.outputs; chmod 777 ${workingDir}/.outputs
: > $io/stdout; : > $io/stderr; : > $io/ready
cat $io/out > $io/stdout & cat $io/err > $io/stderr; wait
[ -e $io/exit ] || echo gone > $io/exit
: > $io/over
trap 'exit 0' TERM
until [ -e $io/fetched ]; do sleep 0.1; done`

const script = (text: string, ...args: string[]) => ['sh', '-c', text, 'sh', ...args]

/** Bytes of what a command said: how far it was told, or how much there is. */
export type Said = { stdout: number; stderr: number }

/** Tells stdout and stderr of the command as they grow, from where they were told before to their end. */
export const followCommand = ({ stdout, stderr }: Said) =>
  script(
    `io=${io}; exec 3< $io/stdout 4< $io/stderr; n=0
dd bs=1 skip=$1 count=0 <&3 2>/dev/null; dd bs=1 skip=$2 count=0 <&4 2>/dev/null
while [ ! -e $io/over ]; do
  cat <&3; cat <&4 >&2; n=$((n+1)); if [ $n -lt 40 ]; then sleep 0.05; else sleep 0.25; fi
done
cat <&3; cat <&4 >&2`,
    ...[stdout, stderr].map(String),
  )

/** What names of files may fill at most. */
export const maxNamesBytes = 32 * 1024 * 1024
/** Between NULs, no name of a file: those begin with a dot. */
export const endMark = '\0end\0'
/**
 * How the command ended, in the first line; in the second, once all that it said is there, the bytes of stdout and stderr; then
 * the files to choose from, each ended by NUL, and the mark of the end. What the user's container wrote is read in part
 * only: it could be anything.
 */
export const endCommand = (wantsAll: boolean) =>
  script(
    `cd ${io}; echo "$(head -c 16 exit | head -n 1)"; if [ -e over ]; then echo over $(stat -c %s stdout stderr); else echo; fi
cd ${workingDir} && { ${wantsAll ? 'true' : '[ -n "$(ls -A .outputs)" ]'} && find . -type f -print0 | head -c ${maxNamesBytes + 1}; true; }; printf '\\0end\\0'`,
  )
/** Reads the names, each ended by NUL, of which there are so many bytes. */
export const fetchCommand = (bytes: number) => script(`cd ${workingDir} && head -c ${bytes} | xargs -0 -n 500 tar cf -`)
/** The last file of what is uploaded: tar takes an archive that breaks off between two files for a whole one. */
export const uploadMark = '.millrace-uploaded'
export const uploadCommand = script(`tar x -C ${workingDir} && rm ${workingDir}/${uploadMark} && : > ${io}/unpacked`)
export const isReadyCommand = script(`[ -e ${io}/ready ] || [ -e ${io}/unpacked ]`)
/** Lets the pod end by itself. */
export const fetchedCommand = script(`: > ${io}/fetched`)
export const signalCommand = {
  // Whoever waits in the first process hands it on.
  SIGTERM: ['/bin/sh', '-c', 'kill -TERM 1'],
  SIGKILL: ['/bin/sh', '-c', 'kill -KILL -1'],
} as const
