import { proxyActivities } from '@temporalio/workflow'

const { step, mark } = proxyActivities<{ step(value: number): Promise<number>; mark(): Promise<void> }>({
  startToCloseTimeout: '1 minute',
})

export async function runSteps(steps: number): Promise<void> {
  for (let value = 1; value <= steps; value++) await step(value)
}

export async function markStart(): Promise<void> {
  await mark()
}
