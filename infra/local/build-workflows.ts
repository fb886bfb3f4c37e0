import { buildWorkflowBundle } from '#worker/build-bundle'

const [outFile] = process.argv.slice(2)
if (!outFile) throw new Error('usage: build-workflows.ts <file>')
await buildWorkflowBundle(outFile)
