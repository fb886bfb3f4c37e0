import { BlockList, isIPv6 } from 'node:net'
import type { V1NetworkPolicy, V1NetworkPolicyPeer } from '@kubernetes/client-node'

/** Who a pod talks to: an address, and, where that is a pod, its labels and those of its namespace. */
export type Peer = { address: string; pod?: { namespace: Record<string, string>; labels: Record<string, string> } }

/**
 * Whether policies let the pods of their namespace reach a peer, as Kubernetes defines it: what no policy of the direction
 * names is denied. Knows what ours use: policies for all pods, address blocks, selectors by equality; ports are left out.
 */
export function isEgressAllowed(policies: V1NetworkPolicy[], to: Peer): boolean {
  const ours = policies.filter(({ spec }) => spec?.policyTypes?.includes('Egress'))
  if (ours.length === 0) return true
  const peers = ours.flatMap(({ spec }) => spec?.egress ?? []).flatMap(rule => rule.to ?? [undefined])
  return peers.some(peer => peer === undefined || matches(peer, to))
}

/** The same for who reaches them. */
export function isIngressAllowed(policies: V1NetworkPolicy[], from: Peer): boolean {
  const ours = policies.filter(({ spec }) => spec?.policyTypes?.includes('Ingress'))
  if (ours.length === 0) return true
  const peers = ours.flatMap(({ spec }) => spec?.ingress ?? []).flatMap(rule => rule._from ?? [undefined])
  return peers.some(peer => peer === undefined || matches(peer, from))
}

function matches({ ipBlock, namespaceSelector, podSelector }: V1NetworkPolicyPeer, { address, pod }: Peer): boolean {
  if (ipBlock !== undefined) return holds(ipBlock.cidr, address) && !ipBlock.except?.some(cidr => holds(cidr, address))
  if (pod === undefined) return false
  return hasLabels(pod.namespace, namespaceSelector?.matchLabels) && hasLabels(pod.labels, podSelector?.matchLabels)
}

function hasLabels(labels: Record<string, string>, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value)
}

function holds(cidr: string, address: string): boolean {
  const family = (text: string) => (isIPv6(text) ? 'ipv6' : 'ipv4')
  const [network = '', bits] = cidr.split('/')
  if (family(network) !== family(address)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family(network))
  return list.check(address, family(address))
}
