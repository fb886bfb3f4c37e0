import { expect, test } from 'vitest'
import { hostedEgress, localEgress } from './egress-guard'

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a00:1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  'fc00::1',
  'fdff:ffff::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fec0::1',
  'ff02::1',
  'localhost',
  '2130706433',
  '',
])('hosted: %s is refused', address => {
  expect(hostedEgress().refuse(address)).toEqual(expect.any(String))
})

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.1.1',
  '198.17.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '::ffff:1.1.1.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
])('hosted: %s is allowed', address => {
  expect(hostedEgress().refuse(address)).toBeNull()
})

test('local: all is allowed', () => {
  expect(localEgress.refuse('127.0.0.1')).toBeNull()
})

test.each([
  ['10.20.3.4', true],
  ['::ffff:10.20.3.4', true],
  ['fd00:1::5', true],
  ['10.21.0.1', false],
  ['fd00:2::5', false],
  ['169.254.169.254', false],
  ['1.1.1.1', true],
])('hosted, where the operator allows 10.20.0.0/16 and fd00:1::/32: %s %s', (address, isAllowed) => {
  expect(hostedEgress(['10.20.0.0/16', 'fd00:1::/32']).refuse(address) === null).toBe(isAllowed)
})
