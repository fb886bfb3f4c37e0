/** The two containers of a job, where a vendor may end one when the other ends: each stays until all is sent. */
import { filesCommand, folder, mainCommand } from '../cloud/scripts'

const sent = `${folder}/io/sent`

export const filesContainer = (kitUrl: string) => [
  'sh',
  '-c',
  `"$@"; code=$?; mkdir -p ${folder}/io; : > ${sent}; exit $code`,
  'files',
  ...filesCommand(kitUrl),
]

export const mainContainer = [
  '/bin/sh',
  '-c',
  `"$@" & child=$!
trap 'kill -TERM $child 2>/dev/null' TERM
until [ -e ${sent} ]; do sleep 1; done
kill -KILL $child 2>/dev/null
wait $child`,
  'main',
  ...mainCommand,
]
