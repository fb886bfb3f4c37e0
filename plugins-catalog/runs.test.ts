import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { catalog } from './manifests'
import { runs } from './runs'

const folder = import.meta.dirname

test('every run.ts on disk is listed, and no other', () => {
  const onDisk = readdirSync(join(folder, 'plugins'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.name === 'run.ts')
    .map(entry => `./${relative(folder, join(entry.parentPath, 'run'))}`)
  const listed = [...readFileSync(join(folder, 'runs.ts'), 'utf8').matchAll(/import\('(.+?)'\)/g)].map(
    match => match[1],
  )
  expect([...new Set(listed)].sort()).toEqual(onDisk.sort())
  expect(listed.every(path => dirname(path!) !== '.')).toBe(true)
})

test('every task that touches the world can run, under the name of its type', () => {
  const types = catalog.all().filter(({ kind, step }) => kind === 'task' && step === 'activity')
  expect(Object.keys(runs).sort()).toEqual(types.map(({ type }) => type).sort())
})
