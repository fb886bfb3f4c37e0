import { BlockList, isIP } from 'node:net'

/** Decides which addresses tasks may connect to from the worker itself. */
export type EgressGuard = {
  /** Why this IP address is refused; null when it is allowed. */
  refuse(address: string): string | null
}

/** One's own machine or cluster: flows may reach whatever the machine reaches. */
export const localEgress: EgressGuard = { refuse: () => null }

/**
 * A hosted installation: the worker's own network is none of the tenants' business, but for the ranges that its operator
 * allows.
 *
 * @param allowed such as `10.20.0.0/16`, `fd00:1::/32`
 */
export function hostedEgress(allowed: readonly string[] = []): EgressGuard {
  const open = allowed.map(toBlockList)
  return { refuse: address => refuseInternalAddress(address, open) }
}

const internalRanges: [range: string, what: string][] = [
  ['0.0.0.0/8', 'this host'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local or cloud metadata'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/96', 'loopback, unspecified or IPv4-compatible'],
  ['64:ff9b::/96', 'translated to IPv4'],
  ['64:ff9b:1::/48', 'translated to IPv4'],
  ['100::/64', 'discarded'],
  ['2001::/32', 'Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
]

const blocked = internalRanges.map(([range, what]) => ({ list: toBlockList(range), range, what }))

function refuseInternalAddress(address: string, open: readonly BlockList[]): string | null {
  const plain = unwrapMappedIpv4(address.split('%')[0] ?? address)
  const family = isIP(plain)
  if (family === 0) return 'it is no IP address'
  const isIn = (list: BlockList) => list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
  if (open.some(isIn)) return null
  const hit = blocked.find(({ list }) => isIn(list))
  return hit ? `${plain} is ${hit.what} (${hit.range})` : null
}

/** `::ffff:7f00:1` and `::ffff:127.0.0.1` -> `127.0.0.1` */
function unwrapMappedIpv4(address: string): string {
  if (isIP(address) !== 6) return address
  const canonical = new URL(`http://[${address}]`).hostname
  const match = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(canonical)
  if (!match) return address
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function toBlockList(range: string): BlockList {
  const [network = '', bits] = range.split('/')
  const list = new BlockList()
  list.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4')
  return list
}
