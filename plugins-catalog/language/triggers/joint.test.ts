import { describe, expect, it } from 'vitest'
import { addToJoints, type Joint, type JointMemories } from './joint'
import type { TimeWindow } from './time-window'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * minute)
const hourly: TimeWindow = { type: 'DURATION_WINDOW', windowMs: 60 * minute, advanceMs: 0, zone: 'UTC' }
const sliding: TimeWindow = { type: 'SLIDING_WINDOW', windowMs: 60 * minute }
const morning: TimeWindow = { type: 'DAILY_TIME_WINDOW', startTime: '00:30:00', endTime: '01:00:00', zone: 'UTC' }

function joint(options: Partial<Joint> = {}, keys = ['a', 'b']): Joint {
  const needs = keys.map(key => ({ key, flow: {}, isSure: false, isMet: () => false }))
  return { id: 'both', needs, atLeast: needs.length, window: hourly, resetOnSuccess: true, ...options }
}

/** `a@5`: an execution that meets `a` after five minutes; several needs are apart by `+`, none is `-`. */
type Case = [name: string, joint: Joint, events: string[], fires: { [event: string]: string[] }]

const cases: Case[] = [
  ['both in a window', joint(), ['a@5', 'b@50'], { 'b@50': ['a@5', 'b@50'] }],
  ['whatever comes first', joint(), ['b@5', 'a@50'], { 'a@50': ['b@5', 'a@50'] }],
  ['one is not enough', joint(), ['a@5', 'a@50'], {}],
  ['one execution for both', joint(), ['a+b@5'], { 'a+b@5': ['a+b@5'] }],
  ['in two windows', joint(), ['a@5', 'b@65'], {}],
  ['the other window begins anew', joint(), ['a@5', 'b@65', 'a@70'], { 'a@70': ['b@65', 'a@70'] }],
  ['the last execution of each counts', joint(), ['a@5', 'a@10', 'b@50'], { 'b@50': ['a@10', 'b@50'] }],
  [
    'all anew after a success',
    joint(),
    ['a@5', 'b@10', 'b@20', 'a@30'],
    { 'b@10': ['a@5', 'b@10'], 'a@30': ['b@20', 'a@30'] },
  ],
  [
    'without a reset each counts on',
    joint({ resetOnSuccess: false }),
    ['a@5', 'b@10', '-@15', 'b@20'],
    { 'b@10': ['a@5', 'b@10'], 'b@20': ['a@5', 'b@20'] },
  ],
  ['and not past its window', joint({ resetOnSuccess: false }), ['a@5', 'b@10', 'b@65'], { 'b@10': ['a@5', 'b@10'] }],
  ['sliding', joint({ window: sliding }), ['a@50', 'b@100'], { 'b@100': ['a@50', 'b@100'] }],
  ['sliding, too late', joint({ window: sliding }), ['a@50', 'b@111'], {}],
  [
    'sliding from the last of each',
    joint({ window: sliding }),
    ['a@0', 'a@50', 'b@100'],
    { 'b@100': ['a@50', 'b@100'] },
  ],
  ['by a time of day', joint({ window: morning }), ['a@31', 'b@59'], { 'b@59': ['a@31', 'b@59'] }],
  ['before it, nothing counts', joint({ window: morning }), ['a@29', 'b@59'], {}],
  ['after it, nothing counts', joint({ window: morning }), ['a@31', 'b@60', 'b@61'], {}],
  ['any', joint({ atLeast: 1 }), ['a@5', 'b@6'], { 'a@5': ['a@5'], 'b@6': ['b@6'] }],
  ['at least two', joint({ atLeast: 2 }, ['a', 'b', 'c']), ['a@5', 'a@6', 'c@7', 'b@8'], { 'c@7': ['a@6', 'c@7'] }],
]

function run(joints: Joint[], events: string[]): { fired: { [event: string]: string[] }; memories: JointMemories } {
  let memories: JointMemories = {}
  const fired: { [event: string]: string[] } = {}
  for (const event of events) {
    const [met, minutes] = event.split('@') as [string, string]
    const meets = ({ key }: { key: string }) => met.split('+').includes(key)
    const verdict = addToJoints(joints, memories, { executionId: event, at: at(Number(minutes)), meets })
    memories = JSON.parse(JSON.stringify(verdict.memories))
    if (verdict.executions !== undefined) fired[event] = verdict.executions
  }
  return { fired, memories }
}

describe('addToJoints', () => {
  it.each(cases)('%s', (_name, asked, events, expected) => expect(run([asked], events).fired).toEqual(expected))

  it('waits for all joints, whichever is complete first', () => {
    const other = joint({ id: 'other', window: sliding }, ['c'])
    const { fired, memories } = run([joint(), other], ['a@5', 'b@6', 'c@7', 'a@8', 'c@9', 'b@10'])
    expect(fired).toEqual({ 'c@7': ['a@5', 'b@6', 'c@7'], 'b@10': ['a@8', 'c@9', 'b@10'] })
    expect(memories).toEqual({})
  })

  it('forgets what is not asked for any more, what another window had, and what has passed', () => {
    const { memories } = run([joint()], ['a@5'])
    const second = { executionId: '2', at: at(6), meets: ({ key }: { key: string }) => key === 'b' }
    expect(addToJoints([joint()], memories, second).executions).toEqual(['a@5', '2'])
    expect(addToJoints([joint({}, ['b', 'c'])], memories, second).executions).toBeUndefined()
    expect(addToJoints([joint({ window: sliding })], memories, second).executions).toBeUndefined()
    expect(addToJoints([joint()], memories, { ...second, at: at(70), meets: () => false }).memories).toEqual({})
    expect(addToJoints([joint({ id: 'new' })], memories, { ...second, meets: () => false }).memories).toEqual({})
  })
})
