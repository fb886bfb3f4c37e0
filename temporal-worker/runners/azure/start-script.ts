import { folder, outputDir } from '../cloud/scripts'

export const kitFile = 'kit.tar.gz'
export const startFile = 'start.sh'
export const outputsFile = 'outputs.tar'

/**
 * A task of Azure Batch is one container, beside which nothing runs: its shell unpacks the kit, which the node has fetched,
 * and puts the output files where the node can read them. The node itself keeps what the command says.
 */
export const startScript = `wd=$PWD; io=${folder}/io
mkdir -p ${outputDir} && tar xzf ${kitFile} -C ${folder} || exit 126
rm -f ${kitFile}; cd $io && ln -s /dev/stdout out && ln -s /dev/stderr err && : > url.outputs || exit 126
/bin/sh ./main & child=$!
trap 'kill -TERM $child 2>/dev/null' TERM
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
cd $io
if [ "$(cat exit 2>/dev/null)" = missing ]; then echo 'The command is not found in this image.' >&2; fi
put() { mv "$1" "$wd/${outputsFile}"; }
. ./outputs
exit $code
`
