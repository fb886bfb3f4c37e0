import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { globMatcher } from '../globs'
import { outputsScript, partsOf } from './scripts'

/** The patterns of `find` that the script asks for, each tried as a shell would match it. */
function finds(glob: string, name: string): boolean {
  const patterns = [...outputsScript([glob]).matchAll(/-path '([^']*)'/g)].map(([, pattern]) => pattern)
  const code = `case "$1" in ${patterns.map(pattern => `${pattern?.replaceAll(' ', '\\ ')}`).join('|')}) echo yes;; esac`
  return execFileSync('sh', ['-c', code, 'sh', `./${name}`]).toString() === 'yes\n'
}

test.each([
  ['*.csv', 'a.csv'],
  ['**/*.csv', 'a.csv'],
  ['**/*.csv', 'a/b/c.csv'],
  ['data/**', 'data/a/b'],
  ['data/**/x.txt', 'data/x.txt'],
  ['{a,b}.txt', 'b.txt'],
  ['a{b,c}', 'ac'],
  ['./plain name.txt', 'plain name.txt'],
  ['dir/[ab].txt', 'dir/b.txt'],
])('the job sends for %s at least %s', (glob, name) => {
  expect(globMatcher(glob)(name) || glob.startsWith('./')).toBe(true)
  expect(finds(glob, name)).toBe(true)
})

test('the job does not send what can not match', () => {
  expect(finds('*.csv', 'a.txt')).toBe(false)
  expect(finds('plain.txt', 'other.txt')).toBe(false)
})

test.each([
  [60_000, 120],
  [3_600_000, 479],
  [7 * 24 * 3_600_000, 991],
])('a log of %i ms is at most %i parts', (ms, parts) => {
  expect(partsOf(ms)).toBe(parts)
})
