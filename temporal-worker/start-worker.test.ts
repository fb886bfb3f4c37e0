import { noopMetricMeter } from '@temporalio/common'
import { DefaultLogger } from '@temporalio/worker'
import { compileWorkerOptions } from '@temporalio/worker/lib/worker-options'
import { expect, test } from 'vitest'
import { flowOptions } from './start-worker'

test('the SDK takes the time of an activation, though its types do not know of it', () => {
  const { isolateExecutionTimeoutMs } = compileWorkerOptions(
    flowOptions({ code: '' }),
    new DefaultLogger('ERROR'),
    noopMetricMeter,
  )
  expect(isolateExecutionTimeoutMs).toBe(60_000)
})
