import { describe, expect, test } from 'vitest'
import { parseCpus, parseMemory, parseSize } from './quantities'

describe.each<[string, (text: string) => number | null, [string, number | null][]]>([
  [
    'CPUs',
    parseCpus,
    [
      ['2', 2],
      ['0.5', 0.5],
      ['500m', 0.5],
      ['half', null],
      ['-1', null],
    ],
  ],
  [
    'memory of Kubernetes',
    parseMemory,
    [
      ['512Mi', 512 * 1024 ** 2],
      ['1.5G', 1_500_000_000],
      ['64k', 64_000],
      ['1000', 1000],
      ['512MB', null],
      ['', null],
    ],
  ],
  [
    'sizes of Docker',
    parseSize,
    [
      ['512MB', 512 * 1024 ** 2],
      ['1.5g', 1.5 * 1024 ** 3],
      ['64KiB', 64 * 1024],
      ['1000', 1000],
      ['10 m', 10 * 1024 ** 2],
      ['much', null],
      ['', null],
    ],
  ],
])('%s', (_name, parse, cases) => {
  test.each(cases)('"%s" is %s', (text, amount) => {
    expect(parse(text)).toBe(amount)
  })
})
