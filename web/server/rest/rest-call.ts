import type { Context } from '../context'

/** One REST request, matched to its path. */
export type RestCall = { request: Request; url: URL; params: Record<string, string>; ctx: Context }
export type RestHandler = (call: RestCall) => Promise<Response>
