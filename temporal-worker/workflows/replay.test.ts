import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporal } from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleWorkflows } from '../build-bundle'

/** Executions that began before a change of the code must end after it: each recorded history still replays. */
const { History } = temporal.api.history.v1
const folder = join(import.meta.dirname, 'histories')
const names = readdirSync(folder).filter(name => name.endsWith('.json'))

let workflowBundle: { code: string }

beforeAll(async () => {
  workflowBundle = await bundleWorkflows()
}, 120_000)

describe('recorded histories replay', () => {
  test.each(names)('%s', async name => {
    const history = History.fromObject(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    await Worker.runReplayHistory({ workflowBundle, reuseV8Context: true }, history, 'acme/replayed')
  })

  test('a history that the code does not fit is refused', async () => {
    const text = readFileSync(join(folder, 'activity.json'), 'utf8')
    const changed = History.fromObject(JSON.parse(text.replaceAll('"runTask"', '"runAnotherTask"')))
    await expect(
      Worker.runReplayHistory({ workflowBundle, reuseV8Context: true }, changed, 'acme/replayed'),
    ).rejects.toThrow()
  })
})
