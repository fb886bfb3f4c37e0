import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker'
import { perSecond } from './measure'

/** The same steps as bare Temporal activities on the same server: what the engine would cost if it added nothing. */
export type BareTemporal = {
  runSteps(steps: number): Promise<void>
  /** How late, in milliseconds, as many schedules that are due at the same time run their activity. */
  schedulesLateness(count: number, due: Date): Promise<number[]>
  stop(): Promise<void>
}

/** Starts a worker of its own on the server at `address`, with the settings the product's worker has by default. */
export async function startBareTemporal(address: string): Promise<BareTemporal> {
  const taskQueue = `bench-${process.pid}`
  const connection = await NativeConnection.connect({ address })
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: new URL('./bare-workflow.ts', import.meta.url).pathname,
  })
  const marks: number[] = []
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle,
    activities: {
      step: async (value: number) => value,
      mark: async () => {
        marks.push(Date.now())
      },
    },
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
    async schedulesLateness(count, due) {
      const calendar = { hour: due.getUTCHours(), minute: due.getUTCMinutes() }
      await perSecond(count, 8, index => {
        const workflowId = `${taskQueue}-scheduled-${index}`
        const action = { type: 'startWorkflow' as const, workflowType: 'markStart', taskQueue, workflowId }
        return client.schedule.create({ scheduleId: workflowId, spec: { calendars: [calendar] }, action })
      })
      while (marks.length < count) await new Promise(resolve => setTimeout(resolve, 1000))
      return marks.map(ms => ms - due.getTime())
    },
    async stop() {
      worker.shutdown()
      await running
      await clientConnection.close()
      await connection.close()
    },
  }
}
