import { proxyActivities } from '@temporalio/workflow'

const { step } = proxyActivities<{ step(value: number): Promise<number> }>({ startToCloseTimeout: '1 minute' })

export async function runSteps(steps: number): Promise<void> {
  for (let value = 1; value <= steps; value++) await step(value)
}
