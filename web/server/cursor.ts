import { z } from 'zod'
import { AppError } from './errors/app-error'

/** A row's place in the order of a list: the values that it is ordered by, last the one that settles ties. */
const Place = {
  byTime: z.tuple([z.iso.datetime(), z.string().max(200)]),
  byName: z.tuple([z.string().max(200), z.string().max(200)]),
  byTrigger: z.tuple([z.string().max(200), z.string().max(200), z.string().max(300)]),
}
type Place = { [Order in keyof typeof Place]: z.infer<(typeof Place)[Order]> }

/** Opaque to its receiver, and safe in an address. */
export function encodeCursor(place: Place[keyof Place]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @example decodeCursor('byTime', input.cursor) -> ['2026-11-25T01:02:03.004Z', 'id'] */
export function decodeCursor<Order extends keyof Place>(order: Order, text: string): Place[Order] {
  const parsed = Place[order].safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')))
  if (!parsed.success) throw new AppError('BAD_REQUEST', 'This cursor is not one that a list gave')
  return parsed.data as Place[Order]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
