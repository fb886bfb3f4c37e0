import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listens } from './listens'
import { catalog } from './manifests'
import { polls } from './polls'

const folder = import.meta.dirname
const polling = catalog.all().filter(({ starts }) => starts === 'polling')

test('every poll.ts on disk is listed, and no other', () => {
  const onDisk = readdirSync(join(folder, 'plugins'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.name === 'poll.ts')
    .map(entry => `./${relative(folder, join(entry.parentPath, 'poll'))}`)
  const listed = [...readFileSync(join(folder, 'polls.ts'), 'utf8').matchAll(/import\('(.+?)'\)/g)].map(
    match => match[1],
  )
  expect([...new Set(listed)].sort()).toEqual(onDisk.sort())
})

test('every realtime trigger can be listened to, under the name of its type', async () => {
  const types = catalog.all().filter(({ starts }) => starts === 'realtime')
  expect(Object.keys(listens).sort()).toEqual(types.map(({ type }) => type).sort())
  for (const load of Object.values(listens))
    expect(await load()).toMatchObject({ default: { listen: expect.any(Function) } })
})

test('every polling trigger can be polled, under the name of its type', () => {
  expect(Object.keys(polls).sort()).toEqual(polling.map(({ type }) => type).sort())
})

describe.each(polling.map(plugin => [plugin.type, plugin] as const))('%s', (type, plugin) => {
  test('has an interval', () => {
    expect(plugin.properties.shape.interval?.parse(undefined)).toMatch(/^PT/)
  })

  test('loads', async () => {
    expect(await polls[type]!()).toMatchObject({ default: { poll: expect.any(Function) } })
  })
})
