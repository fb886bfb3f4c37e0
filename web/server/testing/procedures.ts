/** The program's own list of what can be called, so that a test that loops over it forgets nothing. */
import { type AnyTRPCProcedure, callTRPCProcedure, TRPCError } from '@trpc/server'
import type { Permission } from '../access/permissions'
import { createContext } from '../context'
import { AppError } from '../errors/app-error'
import { rawRoutes } from '../rest/raw-routes'
import { appRouter } from '../routers/app-router'
import type { Meta } from '../trpc'
import { origin } from './web-kit'

export type NamedProcedure = { name: string; procedure: AnyTRPCProcedure; meta: Meta }
export type TenantProcedure = NamedProcedure & { permission: Permission }

export const procedures: NamedProcedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>,
).map(([name, procedure]) => ({ name, procedure, meta: procedure._def.meta as Meta }))

export const tenantProcedures: TenantProcedure[] = procedures.flatMap(named => {
  const { access } = named.meta
  return access === undefined || access === 'public' || access === 'signedIn' ? [] : [{ ...named, permission: access }]
})

/** REST routes of a tenant, those of procedures and the others: streams, files, forms. */
export const tenantRoutes = [
  ...tenantProcedures.flatMap(({ meta: { openapi }, permission }) =>
    openapi === undefined ? [] : [{ ...methodAndPath(openapi), permission, type: 'application/json' }],
  ),
  ...rawRoutes.map(({ bodyType, permission, ...route }) => ({
    ...methodAndPath(route),
    permission,
    type: bodyType === undefined ? 'application/json' : `${bodyType}; boundary=b`,
  })),
]

function methodAndPath({ method, path }: { method: string; path: string }) {
  return { method, path }
}

export type Reply = { outcome: string; value?: unknown }

/** What calling it comes to: the code of the refusal, or `passed`; INVALID when it got as far as reading its input. */
export async function callProcedure(
  { name, procedure }: NamedProcedure,
  token: string | null,
  input: unknown,
): Promise<Reply> {
  const headers: HeadersInit = token === null ? {} : { authorization: `Bearer ${token}` }
  try {
    const value = await callTRPCProcedure({
      router: appRouter,
      path: name,
      getRawInput: async () => input,
      ctx: createContext(new Request(origin, { method: 'POST', headers }), new Headers()),
      type: procedure._def.type,
      signal: undefined,
      batchIndex: 0,
    })
    return { outcome: 'passed', value }
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    if (error.cause instanceof AppError) return { outcome: error.cause.code, value: error.cause.message }
    if (error.code === 'BAD_REQUEST') return { outcome: 'INVALID', value: error.message }
    throw error
  }
}
