import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../harness/database'
import { Engine } from '../harness/engine'
import { freshNamespace } from '../harness/namespace'
import { compareWithKestra, type Expected } from './compare'
import { intendedDifferences } from './intended-differences'

/** Kestra's own test flows with what a real Kestra did: not part of this project, tried where they lie beside it. */
const folder = resolve(process.env.MILLRACE_CONFORMANCE ?? join(import.meta.dirname, '../../../shared/conformance'))
const isPresent = existsSync(join(folder, 'flows'))
const names = isPresent ? readdirSync(join(folder, 'flows')) : []
if (!isPresent)
  console.warn(`No flows of Kestra in ${folder}: the comparison is skipped (MILLRACE_CONFORMANCE names another folder)`)

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  if (!isPresent) return
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
  // Subflows must be there before those that name them.
  for (const name of names) await engine.saveFlow(readFlow(name)).catch(() => undefined)
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

function readFlow(name: string): string {
  return readFileSync(join(folder, 'flows', name), 'utf8')
}

function readExpected(name: string): Expected {
  const file = join(folder, 'expected', name.replace(/\.ya?ml$/, '.json'))
  return (JSON.parse(readFileSync(file, 'utf8')) as { run: Expected }).run
}

describe.skipIf(!isPresent)('as Kestra did', () => {
  test.concurrent.each(names)('%s', async name => {
    const differences = await run(name)
    const intended = intendedDifferences[name.replace(/\.ya?ml$/, '')]
    if (intended === undefined) return expect(differences).toEqual([])
    expect(differences, `${name} agrees by now: take it off the list`).not.toEqual([])
  })
})

async function run(name: string): Promise<string[]> {
  const expected = readExpected(name)
  try {
    const id = await engine.startExecution(readFlow(name), {
      inputs: expected.inputs ?? {},
      labels: [{ key: 'system.from', value: 'api' }],
    })
    await (expected.state === 'PAUSED' ? engine.waitForState(id, 'PAUSED') : engine.result(id))
    return compareWithKestra(expected, await engine.read(id))
  } catch (error) {
    return [String(error)]
  }
}
