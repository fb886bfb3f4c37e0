import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker'

/** The same steps as bare Temporal activities on the same server: what the engine would cost if it added nothing. */
export type BareTemporal = { runSteps(steps: number): Promise<void>; stop(): Promise<void> }

/** Starts a worker of its own on the server at `address`, with the settings the product's worker has by default. */
export async function startBareTemporal(address: string): Promise<BareTemporal> {
  const taskQueue = `bench-${process.pid}`
  const connection = await NativeConnection.connect({ address })
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: new URL('./bare-workflow.ts', import.meta.url).pathname,
  })
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle,
    activities: { step: async (value: number) => value },
  })
  const running = worker.run()
  const clientConnection = await Connection.connect({ address })
  const client = new Client({ connection: clientConnection })
  let started = 0
  return {
    async runSteps(steps) {
      const workflowId = `${taskQueue}-${started++}`
      await client.workflow.execute('runSteps', { taskQueue, workflowId, args: [steps] })
    },
    async stop() {
      worker.shutdown()
      await running
      await clientConnection.close()
      await connection.close()
    },
  }
}
