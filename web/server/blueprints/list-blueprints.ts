import type { Scope } from '../access/tenant-scope'
import type { BlueprintCard } from './blueprint'
import { shippedBlueprints, toOwnCard } from './to-blueprint'

export type BlueprintFilter = {
  q?: string | undefined
  tag?: string | undefined
  kind?: BlueprintCard['kind'] | undefined
}

export type BlueprintList = {
  results: BlueprintCard[]
  total: number
  /** All tags of these kinds of blueprints, with how many have them, whatever else is asked for. */
  tags: { name: string; count: number }[]
}

/** The gallery: the tenant's own first, the newest of them on top. */
export async function listBlueprints(scope: Scope, filter: BlueprintFilter): Promise<BlueprintList> {
  const all = [...(await listOwn(scope)), ...[...shippedBlueprints().values()].map(({ card }) => card)]
  const results = all.filter(card => matches(card, filter))
  const ofKind = all.filter(({ kind }) => filter.kind === undefined || kind === filter.kind)
  return { results, total: results.length, tags: countTags(ofKind) }
}

async function listOwn({ db, tenantId }: Scope): Promise<BlueprintCard[]> {
  const newest = await db.blueprint.findMany({
    where: { tenantId },
    select: { id: true, version: true },
    orderBy: { updatedAt: 'desc' },
  })
  const rows = await db.blueprintVersion.findMany({
    where: { tenantId, OR: newest.map(({ id, version }) => ({ blueprintId: id, version })) },
  })
  const byId = new Map(rows.map(row => [row.blueprintId, row]))
  return newest.flatMap(({ id }) => {
    const row = byId.get(id)
    return row === undefined ? [] : [toOwnCard(row)]
  })
}

/** Every word must be found, in whichever text of the card. */
function matches(card: BlueprintCard, { q = '', tag, kind }: BlueprintFilter): boolean {
  if (kind !== undefined && card.kind !== kind) return false
  if (tag !== undefined && !card.tags.includes(tag)) return false
  const text = [card.title, card.description, ...card.tags, ...card.types].join('\n').toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

function countTags(cards: readonly BlueprintCard[]): BlueprintList['tags'] {
  const counts = new Map<string, number>()
  for (const tag of cards.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}
