import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { refusalOf } from './refusal'

/** The error as tRPC's client gets it; replaces tRPC's own, which would carry a stack outside of production. */
export function formatError({ shape, error }: { shape: TRPCDefaultErrorShape; error: TRPCError }) {
  const { status, code, message, details } = refusalOf(error)
  return { code: shape.code, message, data: { code, httpStatus: status, path: shape.data.path, details } }
}
