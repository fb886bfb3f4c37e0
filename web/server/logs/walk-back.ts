import type { Statement } from '#db/scoped-sql'
import type { Scope } from '../access/tenant-scope'
import { encodeCursor } from '../cursor'

/** A place in an order by time, the newest first: behind it are older rows. */
export type Place = { at: string; position: string }
/** From behind `until` down to `to`, which belongs to it; all that is older where absent. */
export type Span = { until: Place; to?: Place | undefined }

type Row = { timestamp: Date; position: string }

type Walk<R extends Row> = {
  wanted: number
  /** How far a step goes from a place: as many rows as are looked at in about ten milliseconds. Undefined: to the end. */
  reach(until: Place): Promise<Place | undefined>
  /** The newest rows of a span that match, no more than asked for. */
  find(span: Span, wanted: number): Promise<R[]>
  clock?: () => number
}

/** So much time at most, about: the step that is on its way is finished. */
const budgetMs = 25

/** Goes back in time in steps until enough is found, all was looked at, or the time is up; `rest` is where to go on then. */
export async function walkBack<R extends Row>(
  until: Place,
  { wanted, reach, find, clock = Date.now }: Walk<R>,
): Promise<{ rows: R[]; rest?: Place }> {
  const begunMs = clock()
  const rows: R[] = []
  let place = until
  while (true) {
    const to = await reach(place)
    rows.push(...(await find({ until: place, to }, wanted - rows.length + 1)))
    if (rows.length > wanted) return { rows: rows.slice(0, wanted), rest: placeOf(rows[wanted - 1] as R) }
    if (to === undefined) return { rows }
    place = to
    if (clock() - begunMs > budgetMs) return { rows, rest: place }
  }
}

/** Of what follows in the transaction: an index gives the order, and as much of it as is asked for. Postgres likes to sort. */
const inOrder = {
  name: 'in-order-of-an-index',
  text: `SELECT set_config('enable_sort', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
  values: [],
}

/**
 * How far a step goes, by a statement that passes so many rows of a tenant. Asked of all of it, whoever reaches what: rows
 * out of reach take their time, too. A bound of what is looked at is all that is told of them.
 */
export async function placeBehind({ wholeDb }: Scope, statement: Statement): Promise<Place | undefined> {
  const [, rows] = (await wholeDb.sql(inOrder, statement)) as [unknown, Row[]]
  return rows[0] && placeOf(rows[0])
}

export function placeOf({ timestamp, position }: Row): Place {
  return { at: timestamp.toISOString(), position }
}

/** As a cursor holds it. */
export function toCursor({ at, position }: Place): string {
  return encodeCursor([at, position])
}
