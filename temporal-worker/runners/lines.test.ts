import { describe, expect, test } from 'vitest'
import { createLineSplitter } from './lines'

function split(chunks: (string | Buffer)[], limit?: number): string[] {
  const lines: string[] = []
  const splitter = createLineSplitter(line => lines.push(line), limit)
  for (const chunk of chunks) splitter.write(Buffer.from(chunk))
  splitter.end()
  return lines
}

const emoji = Buffer.from('🙂\n')

describe('createLineSplitter', () => {
  test.each<[string, (string | Buffer)[], string[]]>([
    ['nothing', [], []],
    ['lines', ['a\nb\n'], ['a', 'b']],
    ['an open end', ['a\nb'], ['a', 'b']],
    ['empty lines', ['\n\na\n'], ['', '', 'a']],
    ['pieces', ['a', 'b\nc', 'd\n'], ['ab', 'cd']],
    ['CRLF', ['a\r\nb\r\n'], ['a', 'b']],
    ['a character cut in two', [emoji.subarray(0, 2), emoji.subarray(2)], ['🙂']],
    ['no UTF-8', [Buffer.from([0x61, 0xff, 0x0a])], ['a\uFFFD']],
    ['NUL', ['a\0b\n'], ['a\uFFFDb']],
  ])('%s', (_name, chunks, lines) => {
    expect(split(chunks)).toEqual(lines)
  })

  test('keeps the beginning of a long line and goes on', () => {
    expect(split(['12345', '67890', '\nnext\n'], 8)).toEqual([
      '12345678 ... [line cut: 10 bytes, the first 8 kept]',
      'next',
    ])
  })
})
