import { expect, test } from 'vitest'
import { Inputs } from '#language/inputs/input'
import { groupByForm, withChoices } from './group-inputs'

const inputs = Inputs.parse([
  { id: 'a', type: 'STRING' },
  {
    id: 'f',
    type: 'FORM',
    inputs: [
      { id: 'b', type: 'STRING' },
      { id: 'c', type: 'SELECT', expression: '{{ vars.x }}' },
    ],
  },
  { id: 'd', type: 'STRING' },
])

test('inputs of a form stand together', () => {
  const groups = groupByForm(inputs).map(group => [group.form?.id, group.inputs.map(({ id }) => id)])
  expect(groups).toEqual([
    [undefined, ['a']],
    ['f', ['f.b', 'f.c']],
    [undefined, ['d']],
  ])
})

test('choices come from the server where an expression gives them', () => {
  const preview = { id: 'f.c', isEnabled: true, choices: ['x', { label: 'Y', value: 'y' }], fallback: null }
  expect(withChoices(inputs[2]!, preview)).toMatchObject({ values: ['x', { label: 'Y', value: 'y' }] })
  expect(withChoices(inputs[0]!, preview)).toBe(inputs[0])
})
