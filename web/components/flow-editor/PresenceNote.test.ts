import { expect, test } from 'vitest'
import { sentenceOf } from './PresenceNote'

const other = (name: string, isEditing: boolean, isYou = false) => ({ name, isEditing, isYou })

test.each([
  [[other('Mary', true)], 'Mary is editing this flow, too'],
  [[other('Mary', false)], 'Mary has this flow open, too'],
  [[other('Mary', true), other('Mary', true), other('Tom', false)], 'Mary is editing this flow, too'],
  [[other('Ann', true), other('Mary', true), other('Tom', true)], 'Ann, Mary and Tom are editing this flow, too'],
  [[other('Me', true, true)], 'You are editing this flow in another tab, too'],
  [[other('Me', false, true), other('Tom', false)], 'Tom has this flow open, too'],
])('%j', (others, sentence) => {
  expect(sentenceOf(others)).toBe(sentence)
})
