/** Entry of the worker: builds its dependencies, registers workflows and activities, runs until it is told to stop. */
import { existsSync } from 'node:fs'
import { readEnv } from '#infra/env'
import { defaultBundleFile } from './build-bundle'
import { startWorker } from './start-worker'

const env = readEnv({ required: ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'STORAGE_URL'] })
const prebuilt = env.MILLRACE_WORKFLOW_BUNDLE ?? (existsSync(defaultBundleFile) ? defaultBundleFile : undefined)
const worker = await startWorker({ ...env, MILLRACE_WORKFLOW_BUNDLE: prebuilt })
console.log('ready')

let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // A second one doesn't wait for running tasks.
    if (isStopping) process.exit(1)
    isStopping = true
    worker.stop()
  })
}
await worker.stopped
process.exit(0)
