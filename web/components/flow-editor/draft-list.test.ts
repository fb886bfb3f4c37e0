import { expect, test } from 'vitest'
import { type Draft, parseDrafts, withDraft, withoutDraft } from './draft-list'

const draft = (page: string, source: string): Draft => ({ page, source, savedAt: '2026-01-01T00:00:00Z' })

test.each([
  [null, []],
  ['no JSON', []],
  ['{"a":1}', []],
  [JSON.stringify([draft('p', 'x')]), [draft('p', 'x')]],
  [JSON.stringify([{ source: 'no page' }, draft('p', 'x')]), [draft('p', 'x')]],
])('%s holds %j', (text, drafts) => {
  expect(parseDrafts(text)).toEqual(drafts)
})

test('what another page or an earlier visit left stays while one types', () => {
  let drafts = [draft('earlier', 'precious')]
  for (const text of ['a', 'ab', 'abc']) drafts = withDraft(drafts, draft('now', text))
  expect(drafts.map(({ source }) => source)).toEqual(['abc', 'precious'])
})

test('what was restored is one draft, not two; saving takes it away', () => {
  const drafts = withDraft([draft('earlier', 'precious')], draft('now', 'precious'))
  expect(drafts).toHaveLength(1)
  expect(withoutDraft(drafts, { page: 'now', source: 'precious' })).toEqual([])
})

test('the oldest go', () => {
  let drafts: Draft[] = []
  for (let page = 0; page < 9; page++) drafts = withDraft(drafts, draft(`${page}`, `${page}`))
  expect(drafts.map(({ page }) => page)).toEqual(['8', '7', '6', '5', '4'])
})
