import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BundleOptions, bundleWorkflowCode } from '@temporalio/worker'

/** Where a build leaves the bundle for `worker.ts`. */
export const defaultBundleFile = fileURLToPath(new URL('../.millrace/build/workflow-bundle.js', import.meta.url))

/** How the workflows are bundled, at build time and where a worker starts without a prebuilt bundle. */
export const bundleOptions: BundleOptions = {
  workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
  webpackConfigHook: config => ({ ...config, mode: 'production', devtool: false, performance: { hints: false } }),
}

/** Writes the workflow code as one file, for a worker to load at once. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflowCode(bundleOptions)
  await mkdir(dirname(outFile), { recursive: true })
  // Whole or not at all: a worker may be starting.
  await writeFile(`${outFile}.new`, code)
  await rename(`${outFile}.new`, outFile)
}
