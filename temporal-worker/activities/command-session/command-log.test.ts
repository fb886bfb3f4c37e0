import { describe, expect, test } from 'vitest'
import { createCommandLog } from './command-log'

function open(maxBytes: number) {
  const logs: string[] = []
  let metrics = 0
  const log = createCommandLog(
    { log: (level, message) => logs.push(`${level} ${message}`), metric: () => metrics++ },
    maxBytes,
  )
  const say = (line: string) => log.line('stdout', line, new Date(0))
  return { log, logs, say, metrics: () => metrics }
}

describe('what a command says without end is bounded', () => {
  test('lines, however short', () => {
    const { log, logs, say } = open(1000)
    for (let line = 0; line < 100; line++) say('y')
    log.end()
    expect(logs).toEqual([
      ...Array(15).fill('INFO y'),
      'WARN The log of this task run reached its limit of 1000 bytes: the rest is dropped.',
      'WARN 85 lines above the limit of the log were dropped.',
    ])
  })

  test('metrics', () => {
    const { logs, say, metrics } = open(1000)
    for (let line = 0; line < 10_005; line++) say('::{"metrics":[{"name":"m","type":"counter","value":1}]}::')
    expect(metrics()).toBe(10_000)
    expect(logs).toEqual(['WARN This task run has more than 10000 metrics: the rest is dropped.'])
  })

  test('outputs: of a name the last one counts', () => {
    const { log, say } = open(1000)
    const value = 'x'.repeat(1024 * 1024)
    for (let line = 0; line < 130; line++) say(`::{"outputs":{"same":"${value}"}}::`)
    log.end()
    for (let line = 0; line < 130; line++) say(`::{"outputs":{"name-${line}":"${value}"}}::`)
    expect(() => log.end()).toThrow(/outputs of this task are larger than/)
  })
})
