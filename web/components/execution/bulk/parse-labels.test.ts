import { expect, test } from 'vitest'
import { parseLabels } from './parse-labels'

test.each([
  [
    'team: data\n\n at : 12:30 ',
    {
      labels: [
        { key: 'team', value: 'data' },
        { key: 'at', value: '12:30' },
      ],
    },
  ],
  ['', { problem: 'Write at least one label' }],
  ['team', { problem: 'No label: team. Write key: value' }],
  ['team: data\n: x', { problem: 'No label: : x. Write key: value' }],
  ['team:', { problem: 'No label: team:. Write key: value' }],
])('%j', (text, expected) => {
  expect(parseLabels(text)).toEqual(expected)
})
