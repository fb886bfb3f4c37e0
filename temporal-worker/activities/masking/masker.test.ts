import { describe, expect, test } from 'vitest'
import type { Json } from '#language/json'
import { createMasker, mask } from './masker'

const secret = `p4ß/w0rd+"it's" & <co>?`

function maskerOf(...secrets: string[]) {
  const masker = createMasker()
  for (const each of secrets) masker.add(each)
  return masker
}

const base64 = (text: string, encoding: BufferEncoding = 'base64') => Buffer.from(text).toString(encoding)
const hex = (text: string) => Buffer.from(text).toString('hex')
const byteEscaped = hex(secret).replace(/../g, '%$&')

const spellings: [string, string][] = [
  ['as it is', secret],
  ['in Base64', base64(secret)],
  ['in Base64 after one byte', base64(`:${secret}`)],
  ['in Base64 after two', base64(`u:${secret}`)],
  ['in Base64 with more after it', base64(`user:${secret}@host`)],
  ['in Base64 for URLs', base64(`user:${secret}!`, 'base64url')],
  ['for a URL', encodeURIComponent(secret)],
  ['for a URL in small letters', encodeURIComponent(secret).replace(/%../g, code => code.toLowerCase())],
  ['as a form', new URLSearchParams({ x: secret }).toString().slice(2)],
  ['each byte for a URL', byteEscaped],
  ['as JSON', JSON.stringify({ password: secret })],
  ['as JSON in JSON', JSON.stringify(JSON.stringify(secret))],
  ['as JSON of ASCII', JSON.stringify(secret).replace('ß', '\\u00df')],
  ['as JSON of PHP', JSON.stringify(secret).replaceAll('/', '\\/')],
  ['in HTML', secret.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')],
  ['quoted for a shell', secret.replaceAll("'", "'\\''")],
  ['in hex', hex(secret)],
  ['in HEX', hex(secret).toUpperCase()],
  ['reversed', [...secret].reverse().join('')],
]

describe('a secret is hidden', () => {
  test.each(spellings)('%s', (_, spelled) => {
    const masked = maskerOf(secret).text(`before ${spelled} after`)
    expect(masked).toMatch(/^before .*after$/s)
    expect(masked).toContain(mask)
    const core = spelled.replace(/^[^:]*:"|"\}$/g, '')
    for (let at = 8; at + 8 <= core.length - 8; at += 1) expect(masked).not.toContain(core.slice(at, at + 8))
  })

  test.each(spellings)('%s, split over lines of every length', (_, spelled) => {
    const masker = maskerOf(secret)
    for (let width = 1; width < spelled.length; width++) {
      const lines = spelled.match(new RegExp(`.{1,${width}}`, 'gs'))!
      const joined = masker
        .lines(['before', ...lines, 'after'])
        .join('')
        .replaceAll(mask, '*')
      expect(joined.length, `width ${width}: ${joined}`).toBeLessThanOrEqual('before*after'.length + lines.length + 36)
      expect(joined).not.toContain(spelled.slice(12, 18))
    }
  })

  test('one that is split: only its own part of each line goes', () => {
    const masker = maskerOf('correct-horse')
    expect(masker.lines(['a corr', 'ect-', 'horse b', 'c'])).toEqual([`a ${mask}`, mask, `${mask} b`, 'c'])
    expect(masker.lines(['one message: corr\nect-horse'])).toEqual([`one message: ${mask}\n${mask}`])
    expect(masker.lines(['a correct', 'b horse'])).toEqual(['a correct', 'b horse'])
  })

  test('each line of one with several, and the whole', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSjAgEAAo\n-----END KEY-----\n'
    const masked = maskerOf(key).lines(key.split('\n'))
    expect(masked).toEqual(['-----BEGIN KEY-----', mask, mask, '-----END KEY-----', ''].map(() => expect.anything()))
    expect(masked.join('\n')).not.toMatch(/MIIE|AASC/)
    expect(maskerOf(key).text(JSON.stringify(key))).toBe(`"${mask}"`)
  })

  test('with space around it, which many a paste has', () => {
    expect(maskerOf('token-12345\n').text('x token-12345 y')).toBe(`x ${mask} y`)
  })

  test('the telling fields of one that is JSON, and no others', () => {
    const masker = maskerOf('{"type":"service_account","private_key_id":"0123456789","project_id":"my-project"}')
    expect(masker.text('service_account 0123456789 my-project')).toBe(`service_account ${mask} my-project`)
  })

  test('a short one only where it is all there is', () => {
    const masker = maskerOf('ab', 'abc')
    expect(['ab', 'tab', 'abc', 'xabcx'].map(masker.text)).toEqual([mask, 'tab', mask, `x${mask}x`])
  })

  test('a large one, in each spelling, without ado', () => {
    const large = Buffer.from(Array.from({ length: 48_000 }, (_, index) => (index * 7919) % 251)).toString('base64')
    const masker = maskerOf(large)
    const text = [large, encodeURIComponent(large), Buffer.from(large).toString('hex'), base64(large)].join(' ')
    expect(masker.text(text)).toBe([mask, mask, mask, mask].join(' '))
    expect(masker.unfinishedLines(['x', large.slice(0, 40_000)])).toBe(1)
  })

  test('two that overlap', () => {
    expect(maskerOf('abcdefgh', 'efghijklmno').text('<abcdefghijklmno>')).toBe(`<${mask}>`)
  })

  test('the longer of two first', () => {
    expect(maskerOf('token', 'token-and-more').text('token-and-more token')).toBe(`${mask} ${mask}`)
  })
})

describe('values', () => {
  test.each<[string, Json, Json]>([
    [
      'texts, names and numbers, deep',
      { a: ['x12345', 12345], '12345': null },
      { a: [`x${mask}`, mask], [mask]: null },
    ],
    ['other values as they are', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
  ])('%s', (_, value, masked) => {
    expect(maskerOf('12345').json(value)).toEqual(masked)
    expect(maskerOf('12345').holdsSecret(value)).toBe(JSON.stringify(value) !== JSON.stringify(masked))
  })

  test('without secrets they are not even copied', () => {
    const value = { a: ['x'] }
    expect(createMasker().json(value)).toBe(value)
    expect(createMasker().isEmpty).toBe(true)
  })
})

describe('what may go on', () => {
  test.each([
    [['a', 'b'], 0],
    [['a', 'x corr'], 1],
    [['a', 'co', 'rr', 'ect-'], 3],
    [['a correct-horse'], 0],
    [['cor'], 0],
  ])('%j holds back %d lines', (lines, held) => {
    expect(maskerOf('correct-horse').unfinishedLines(lines)).toBe(held)
  })

  test('a beginning before a cut is hidden', () => {
    expect(maskerOf('correct-horse').text('x correct-ho ... [cut: the line has 9 bytes]')).toBe(
      `x ${mask} ... [cut: the line has 9 bytes]`,
    )
  })
})
