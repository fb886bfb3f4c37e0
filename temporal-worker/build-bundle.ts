import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'

/** Where a build leaves the bundle for `worker.ts`. */
export const defaultBundleFile = fileURLToPath(new URL('../.millrace/build/workflow-bundle.js', import.meta.url))

/** The SDK wants a source map; ours would cost each worker more memory than the code, and stacks name functions anyway. */
const emptySourceMap = Buffer.from(
  '{"version":3,"file":"workflows.js","sources":[],"names":[],"mappings":""}',
).toString('base64')

/** The workflow code as one file. */
export async function bundleWorkflows(): Promise<{ code: string }> {
  const workflowsPath = fileURLToPath(new URL('./workflows/index.ts', import.meta.url))
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    // Evaluated once, not per execution: no module of ours keeps anything of one, caches of pure functions aside.
    preloadModules: [workflowsPath],
    webpackConfigHook: config => ({
      ...config,
      mode: 'production',
      devtool: false,
      optimization: { minimize: false },
      performance: { hints: false },
    }),
  })
  return { code: `${code}\n//# sourceMappingURL=data:application/json;base64,${emptySourceMap}` }
}

/** Writes the workflow code as one file, for a worker to load at once. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflows()
  await mkdir(dirname(outFile), { recursive: true })
  // Whole or not at all, and in a file of its own until then: a worker may be starting, and somebody else building it, too.
  const made = `${outFile}.${randomUUID()}`
  await writeFile(made, code)
  await rename(made, outFile)
}
