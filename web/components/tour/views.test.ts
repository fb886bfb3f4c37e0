import { expect, test } from 'vitest'
import { stepOn, viewCount, viewOf } from './views'

test.each([
  ['CHOOSE', '/flows', 'CHOOSE'],
  ['CHOOSE', '/blueprints', 'CHOOSE'],
  ['CHOOSE', '/blueprints/hello-world', 'LOOK'],
  ['RUN', '/blueprints/hello-world', 'RUN'],
  ['CHOOSE', '/executions/abc', 'WATCH'],
  ['RUN', '/executions/abc', 'WATCH'],
  ['RUN', '/executions', 'RUN'],
  ['NEXT', '/blueprints/hello-world', 'NEXT'],
  ['SKIPPED', '/blueprints/hello-world', 'SKIPPED'],
] as const)('%s on %s is %s', (step, path, reached) => expect(stepOn(step, path)).toBe(reached))

test.each(['CHOOSE', 'LOOK', 'RUN', 'WATCH', 'NEXT'] as const)('%s leads on from every page', step => {
  for (const path of ['', '/flows', '/blueprints', '/blueprints/x', '/executions/x', '/settings/general']) {
    const view = viewOf(step, path)!
    expect(view.position).toBeLessThanOrEqual(viewCount)
    expect(view.action !== undefined || view.target !== undefined || view.position === viewCount).toBe(true)
  }
})

test.each(['DONE', 'SKIPPED'] as const)('%s says nothing', step => expect(viewOf(step, '/flows')).toBeUndefined())

test.each(['CHOOSE', 'LOOK', 'RUN', 'WATCH'] as const)('%s is out of the way on other pages', step => {
  expect(viewOf(step, '/flows/new')).toMatchObject({ title: 'First steps', action: { label: 'Go on' } })
  expect(viewOf(step, '/flows/new')).not.toHaveProperty('target')
})

test('the last step is finished from any page', () =>
  expect(viewOf('NEXT', '/flows/new')).toMatchObject({ action: { label: 'Finish', step: 'DONE' } }))
