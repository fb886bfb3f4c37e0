import { z } from 'zod'
import { AppError } from './errors/app-error'

/** Where a page of a list ends: the last row's place in the order (newest first, id against ties). */
export type Cursor = { createdAt: Date; id: string }

const Encoded = z.tuple([z.number().int(), z.string().max(200)])

/** Opaque to its receiver, and safe in an address. */
export function encodeCursor({ createdAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString('base64url')
}

export function decodeCursor(text: string): Cursor {
  const parsed = Encoded.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')))
  if (!parsed.success || Number.isNaN(new Date(parsed.data[0]).getTime())) {
    throw new AppError('BAD_REQUEST', 'This cursor is not one that a list gave')
  }
  return { createdAt: new Date(parsed.data[0]), id: parsed.data[1] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
