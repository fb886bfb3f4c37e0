import type { BatchServiceModels } from '@azure/batch'
import { labelsOf } from '../labels'
import type { RunnerRequest } from '../runner'
import type { AzureBatchOptions } from './options'
import { kitFile, startFile } from './start-script'

export const taskId = 'main'
/** Until the worker's own deadline has been acted upon. */
const slackMs = 120_000

export function describeJob(given: {
  instance: string
  id: string
  request: RunnerRequest
  options: AzureBatchOptions
}): BatchServiceModels.JobAddParameter {
  const { instance, id, request, options } = given
  const labels = labelsOf(instance, request, !options.delete)
  return {
    id,
    poolInfo: { poolId: options.poolId },
    metadata: Object.entries(labels).map(([name, value]) => ({ name, value })),
  }
}

/** What the user says stands in the kit alone. */
export function describeTask(given: {
  request: RunnerRequest
  options: AzureBatchOptions
  links: { kit: string; start: string }
}): BatchServiceModels.TaskAddParameter {
  const { request, options, links } = given
  const runMs = request.limits.deadlineMs ?? options.waitUntilCompletion
  return {
    id: taskId,
    commandLine: `/bin/sh ${startFile}`,
    containerSettings: {
      imageName: request.image,
      workingDirectory: 'taskWorkingDirectory',
      ...(options.registry && { registry: options.registry }),
    },
    resourceFiles: [
      { httpUrl: links.kit, filePath: kitFile },
      { httpUrl: links.start, filePath: startFile },
    ],
    constraints: { maxTaskRetryCount: 0, maxWallClockTime: `PT${Math.ceil((runMs + slackMs) / 1000)}S` },
  }
}
