import { describe, expect, test } from 'vitest'
import { parseStructuredLine } from './structured-output'

const empty = { outputs: {}, metrics: [], logs: [] }

describe('parseStructuredLine', () => {
  test.each<[string, unknown]>([
    ['plain', null],
    ['::{"outputs":{"a":1}}:: and more', null],
    [' ::{"outputs":{"a":1}}::', null],
    ['::{}::', empty],
    ['::{"outputs":{"a":{"b":[1,null]}}}::', { ...empty, outputs: { a: { b: [1, null] } } }],
    ['::{"outputs":null,"metrics":null}::', empty],
    ['::{"other":1}::', empty],
    [
      '::{"metrics":[{"name":"t","type":"timer","value":"1.5","tags":{"n":1}}]}::',
      { ...empty, metrics: [{ name: 't', type: 'timer', value: 1.5, tags: { n: '1' } }] },
    ],
    [
      '::{"logs":[{"level":"critical","message":"m"},{"level":"NOTSET","message":5}]}::',
      {
        ...empty,
        logs: [
          { level: 'ERROR', message: 'm' },
          { level: 'INFO', message: '5' },
        ],
      },
    ],
  ])('%s', (line, parsed) => {
    expect(parseStructuredLine(line)).toEqual(parsed)
  })

  test.each([
    ['::{"outputs":}::', /JSON/],
    ['::{"outputs":[1]}::', /outputs/],
    ['::{"metrics":[{"name":"t","type":"stopwatch","value":1}]}::', /type/],
    ['::{"metrics":[{"name":"t","type":"gauge","value":"much"}]}::', /value/],
  ])('%s is a problem', (line, problem) => {
    expect(parseStructuredLine(line)).toEqual({ problem: expect.stringMatching(problem) })
  })
})
