import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkSignature } from './check-signature'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const bytes = Buffer.from('{"test": 2432232314}')
const nowMs = 1614265330_000

function sign(id: string, timestamp: string, body = bytes, key = secret): string {
  const hmac = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
  return `v1,${hmac.update(`${id}.${timestamp}.`).update(body).digest('base64')}`
}

const check = (headers: Record<string, string>, given = secret) =>
  checkSignature({ secret: given, headers: new Headers(headers), bytes, nowMs })

describe('checkSignature', () => {
  it('answers the id of a call signed as the specification says', () => {
    const signed = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }
    expect(check(signed)).toBe(signed['webhook-id'])
    expect(check(signed, secret.slice('whsec_'.length))).toBe(signed['webhook-id'])
  })

  it('takes any one of several signatures', () => {
    const other = sign('a', '1614265330', bytes, 'whsec_c29tZSBvdGhlciBzZWNyZXQ=')
    const given = `v1a,abc ${other} ${sign('a', '1614265330')}`
    expect(check({ 'webhook-id': 'a', 'webhook-timestamp': '1614265330', 'webhook-signature': given })).toBe('a')
  })

  const at = (seconds: number) => {
    const timestamp = String(1614265330 + seconds)
    return { 'webhook-id': 'a', 'webhook-timestamp': timestamp, 'webhook-signature': sign('a', timestamp) }
  }
  it.each([-300, 300])('allows for clocks that differ by %d s', seconds => expect(check(at(seconds))).toBe('a'))

  const good = at(0)
  it.each<[string, Record<string, string>, string]>([
    ['no id', { ...good, 'webhook-id': '' }, 'webhook-id is missing'],
    ['no signature', { 'webhook-id': 'a', 'webhook-timestamp': '1' }, 'webhook-signature is missing'],
    ['another id', { ...good, 'webhook-id': 'b' }, 'none of the signatures'],
    ['another time', { ...good, 'webhook-timestamp': '1614265331' }, 'none of the signatures'],
    ['an old time', at(-301), 'more than 5 minutes'],
    ['a time to come', at(301), 'more than 5 minutes'],
    ['no time', { ...good, 'webhook-timestamp': 'now' }, 'no number of seconds'],
    ['a part of the signature', { ...good, 'webhook-signature': good['webhook-signature'].slice(0, 20) }, 'none of'],
    ['another version', { ...good, 'webhook-signature': good['webhook-signature'].replace('v1', 'v2') }, 'none of'],
    ['an endless id', { ...good, 'webhook-id': 'a'.repeat(300) }, 'more than 256'],
  ])('refuses %s', (_, headers, message) => expect(() => check(headers)).toThrow(message))

  it('refuses a body that was changed', () => {
    const headers = new Headers(good)
    expect(() => checkSignature({ secret, headers, bytes: Buffer.from('{}'), nowMs })).toThrow('none of')
  })
})
