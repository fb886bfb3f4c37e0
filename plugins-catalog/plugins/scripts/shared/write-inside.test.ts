import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeInside } from './write-inside'

let root: string
let folder: string
let outside: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-inside-'))
  folder = join(root, 'work')
  outside = join(root, 'outside')
  await Promise.all([mkdir(folder), mkdir(outside)])
  await writeFile(join(outside, 'kept'), 'as it was')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

describe('writeInside', () => {
  test('makes the folders above a file, and writes over an older one', async () => {
    await writeInside(folder, './a/b/c.txt', Readable.from(['old and longer']))
    await writeInside(folder, 'a/b/c.txt', 'new')
    expect(await readFile(at('a/b/c.txt'), 'utf8')).toBe('new')
  })

  test('goes through a link that stays inside', async () => {
    await mkdir(at('real'))
    await symlink('real', at('link'))
    await writeInside(folder, 'link/file', 'x')
    expect(await readFile(at('real/file'), 'utf8')).toBe('x')
  })

  test.each<[string, (path: string) => Promise<unknown>]>([
    ['to a file elsewhere', path => symlink(join(outside, 'kept'), path)],
    ['to nothing', path => symlink(join(outside, 'new'), path)],
    ['that is a pipe', async path => execFileSync('mkfifo', [path])],
  ])('takes the place of a name that leads %s', async (_, make) => {
    await make(at('file'))
    await writeInside(folder, 'file', 'mine')
    expect(await readFile(at('file'), 'utf8')).toBe('mine')
    await expect(readlink(at('file'))).rejects.toThrow('EINVAL')
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('as it was')
    expect(await readdir(outside)).toEqual(['kept'])
  })

  test.each<[string, string, () => Promise<unknown>]>([
    ['a linked folder', 'sub/kept', () => symlink(outside, at('sub'))],
    ['a linked folder above', 'sub/a/b', () => symlink(outside, at('sub'))],
    ['a link to a link', 'two/kept', () => symlink(outside, at('one')).then(() => symlink('one', at('two')))],
    ['a link upwards', 'up/outside/kept', () => symlink('..', at('up'))],
    ['a link to nothing', 'sub/new', () => symlink(join(outside, 'new'), at('sub'))],
    ['dots', '../outside/kept', async () => undefined],
  ])('refuses %s', async (_, name, make) => {
    await make()
    await expect(writeInside(folder, name, 'mine')).rejects.toThrow(/working directory/)
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('as it was')
    expect(await readdir(outside)).toEqual(['kept'])
  })
})
