export type Paging = { limit?: number; cursor?: string; page?: number; size?: number }

const defaultSize = 25
/** Counting further costs more than the number is worth; a list of more says this many. */
export const countLimit = 10_000

/** How many rows to read, and how many to skip before them where Kestra's `page` is used. */
export function pageOf({ limit, cursor, page, size }: Paging): { take: number; skip: number } {
  const take = limit ?? size ?? defaultSize
  return { take, skip: cursor === undefined && page !== undefined ? (page - 1) * take : 0 }
}

/** One row more than asked for was read: whether there is more is known without counting. */
export function cutPage<Row>(
  rows: Row[],
  take: number,
  cursorOf: (row: Row) => string,
): { rows: Row[]; nextCursor?: string } {
  const last = rows[take - 1]
  if (rows.length <= take || last === undefined) return { rows }
  return { rows: rows.slice(0, take), nextCursor: cursorOf(last) }
}
