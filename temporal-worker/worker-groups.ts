/**
 * Which groups of workers there are beside the installation's own, and which tenants may send tasks to them: the
 * operator's say alone, since a worker elsewhere stands in somebody's network.
 */
import { z } from 'zod'
import { workerGroupPattern } from '#language/flow'

const name = z.string().regex(workerGroupPattern, 'starts with a letter or digit; then letters, digits, _ -')

/** Short names of tenants, or all of them. */
const allowed = z.union([
  z.strictObject({ tags: z.array(name).default([]), tenants: z.array(z.string()) }),
  z.strictObject({ tags: z.array(name).default([]), all: z.literal(true) }),
])

/** By key. */
export const WorkerGroups = z.record(name, allowed)
export type WorkerGroups = z.output<typeof WorkerGroups>

/** The workers of a tenant's tasks that ask for none: the key of a group, with `fallback` where it isn't to wait. */
export const DefaultWorkers = z.union([
  name.transform(key => ({ key, fallback: 'WAIT' as const })),
  z.strictObject({ key: name, fallback: z.enum(['WAIT', 'FAIL', 'CANCEL']).default('WAIT') }),
])
export type DefaultWorkers = z.output<typeof DefaultWorkers>

export type WantedWorkers = { key: string } | { tags: string[]; match: 'ALL' | 'ANY' }

/**
 * Keys of the groups that would do and that the tenant may use, in the operator's order; a group has its key for a tag,
 * too. None for a group that doesn't exist as for one of others: nobody can tell the two apart.
 */
export function groupsFor(groups: WorkerGroups, tenant: string, wanted: WantedWorkers): string[] {
  return Object.entries(groups)
    .filter(([, group]) => 'all' in group || group.tenants.includes(tenant))
    .filter(([key, { tags }]) => fits([key, ...tags], wanted, key))
    .map(([key]) => key)
}

function fits(tags: readonly string[], wanted: WantedWorkers, key: string): boolean {
  if ('key' in wanted) return wanted.key === key
  return wanted.match === 'ALL'
    ? wanted.tags.every(tag => tags.includes(tag))
    : wanted.tags.some(tag => tags.includes(tag))
}
