import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const rooms = ['plugins-catalog', 'temporal-worker', 'web', 'prisma', 'infra', 'test']
const pages = ['README.md', ...rooms.map(room => `${room}/README.md`)]

/** Of every file, without its folder. */
const names = new Set(
  rooms.flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(file => basename(file)),
  ),
)

/** Names of files and folders in backticks or links: a page that names what is gone misleads. */
function pathsIn(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '')
  const quoted = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.[\]()-]+)*\/?)`/g)].map(match => match[1] as string)
  const linked = [...text.matchAll(/\]\(([^)#:\s]+)\)/g)].map(match => match[1] as string)
  return [...quoted.filter(path => /\/|\.(ts|tsx|md|json|yaml|prisma|mjs)$/.test(path)), ...linked].filter(isOfOurs)
}

/** Not patterns, placeholders, or addresses. */
function isOfOurs(path: string): boolean {
  return !/\*|[A-Z]{4,}(?!.*\.md)|^https?:|^\/api/.test(path) && !path.startsWith('.millrace')
}

describe.each(pages)('%s', page => {
  test('is there', () => {
    expect(existsSync(join(root, page))).toBe(true)
  })

  test('names only what is there', () => {
    const folder = dirname(join(root, page))
    const isThere = (path: string) => names.has(path) || [folder, root].some(base => existsSync(join(base, path)))
    expect(pathsIn(page).filter(path => !isThere(path))).toEqual([])
  })
})

test('the map in README.md has each room', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  expect(rooms.filter(room => !text.includes(`\`${room}/\``))).toEqual([])
})
