import { describe, expect, test } from 'vitest'
import { prepareRequest } from '../../../test/harness/runner-kit'
import { describeJob, platformOf, stateOf } from './job'
import { parseAwsBatchOptions } from './options'

const properties = {
  region: 'eu-central-1',
  accessKeyId: 'key-id',
  secretKeyId: 'hidden-key',
  computeEnvironmentArn: 'arn:environment',
  executionRoleArn: 'arn:execution',
  bucket: 'jobs',
}
const policy = { machineCredentials: false }

test.each([
  [{ bucket: undefined }, /is missing: command, files and log[\s\S]*at bucket/],
  [{ region: undefined }, /at region/],
  [{ stsRoleArn: 'arn:role' }, /is not supported[\s\S]*at stsRoleArn/],
  [{ secretKeyId: undefined }, /belong together/],
  [{ accessKeyId: undefined, secretKeyId: undefined }, /lends tasks no credentials/],
  [{ completionCheckInterval: 'soon' }, /"soon" is not a duration/],
  [{ resources: { request: { memory: '100' } } }, /at resources\.request\.memory/],
])('refuses %j', (change, message) => {
  expect(() => parseAwsBatchOptions({ ...properties, ...change }, policy)).toThrow(message)
})

test('takes the credentials of the machine where the operator lets tasks use them', () => {
  const { accessKeyId: _id, secretKeyId: _key, ...others } = properties
  expect(parseAwsBatchOptions(others, { machineCredentials: true }).accessKeyId).toBeUndefined()
})

describe('the description of a job', () => {
  async function describeIt(change: Record<string, unknown> = {}) {
    const request = await prepareRequest('/tmp', 'echo "hidden-word"', { env: { TOKEN: 'hidden-token' } })
    const options = parseAwsBatchOptions({ ...properties, ...change }, policy)
    const parts = { instance: 'i', name: 'millrace-1', filesImage: 'curl:1', request, options, kitUrl: 'https://kit' }
    return { ...parts, description: describeJob({ ...parts, platform: 'FARGATE' }) }
  }

  test('holds nothing of what a flow says but the link', async () => {
    const { description } = await describeIt()
    expect(JSON.stringify(description)).toContain('https://kit')
    expect(JSON.stringify(description)).not.toContain('hidden')
  })

  test('shares what the task asks for between the two containers', async () => {
    const { description } = await describeIt({ resources: { request: { memory: 4096, cpu: '0.5' } } })
    const amounts = description.ecsProperties?.taskProperties?.[0]?.containers?.map(one => one.resourceRequirements)
    expect(amounts).toEqual([
      [
        { type: 'MEMORY', value: '128' },
        { type: 'VCPU', value: '0.1' },
      ],
      [
        { type: 'MEMORY', value: '3968' },
        { type: 'VCPU', value: '0.4' },
      ],
    ])
  })

  test('needs an execution role on Fargate', async () => {
    await expect(describeIt({ executionRoleArn: undefined })).rejects.toThrow(/"executionRoleArn" is missing/)
  })
})

test.each([
  [undefined, /no compute environment "arn"/],
  [{ containerOrchestrationType: 'EKS' as const }, /one of EKS/],
])('refuses the compute environment %j', (environment, message) => {
  const given = environment && { computeEnvironmentName: 'e', computeEnvironmentArn: 'arn', ...environment }
  expect(() => platformOf(given, 'arn')).toThrow(message)
})

const seen = { jobName: 'j', jobId: '1', jobQueue: 'q', jobDefinition: 'd', startedAt: 0 }
const main = (more: object) => ({ ecsProperties: { taskProperties: [{ containers: [{ name: 'main', ...more }] }] } })

test.each([
  ['RUNNABLE', {}, { isWaiting: true, isOver: false }],
  ['SUCCEEDED', main({ exitCode: 0 }), { isOver: true, exitCode: 0 }],
  ['FAILED', main({ exitCode: 137, reason: 'OutOfMemoryError: Container killed' }), { reason: 'oom', exitCode: 137 }],
  ['FAILED', { statusReason: 'CannotPullContainerError: pull access denied' }, { reason: 'image' }],
  ['FAILED', { statusReason: 'Job attempt duration exceeded timeout' }, { reason: 'deadline' }],
  ['FAILED', { statusReason: 'Host EC2 (instance i-0) terminated.' }, { reason: 'evicted' }],
] as const)('%s %j is read', (status, more, expected) => {
  expect(stateOf({ ...seen, status, ...more } as never)).toMatchObject({ phase: status, ...expected })
})
