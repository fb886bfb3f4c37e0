import { rename } from 'node:fs/promises'
import { buildWorkflowBundle } from '#worker/build-bundle'

const [outFile] = process.argv.slice(2)
if (!outFile) throw new Error('usage: build-workflows.ts <file>')
// Whole or not at all: a file of this name is never built again.
await buildWorkflowBundle(`${outFile}.part`)
await rename(`${outFile}.part`, outFile)
