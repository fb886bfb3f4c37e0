/** The JSON routes: each procedure that says its method and path is one, with nothing written twice. */
import { type AnyTRPCProcedure, callTRPCProcedure } from '@trpc/server'
import { z } from 'zod'
import { AppError } from '../errors/app-error'
import { appRouter } from '../routers/app-router'
import type { Meta } from '../trpc'
import { readBody } from './read-body'
import { readQuery } from './read-query'
import type { RestCall, RestHandler } from './rest-call'
import type { Route } from './route-table'

const bodyMethods = new Set(['POST', 'PUT', 'PATCH'])

/** By dotted name: that is how tRPC keeps them, whatever its type says. */
const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>

export function procedureRoutes(): Route<RestHandler>[] {
  return Object.entries(procedures).flatMap(([name, procedure]) => {
    const meta = procedure._def.meta as Meta
    if (!meta.openapi) return []
    const { method, path } = meta.openapi
    const properties = inputProperties(procedure)
    const target: RestHandler = call => answer(call, name, procedure, properties)
    return withActionPath({ method, path, target })
  })
}

/** Kestra 2 has the same actions of executions one level deeper, all of them as POST. */
export function withActionPath<T>(route: Route<T>): Route<T>[] {
  const [, action] = /^\/\{tenant\}\/executions\/\{id\}\/([\w-]+)$/.exec(route.path) ?? []
  if (action === undefined || route.method === 'GET') return [route]
  return [route, { ...route, method: 'POST', path: `/{tenant}/executions/{id}/actions/${action}` }]
}

async function answer(
  call: RestCall,
  name: string,
  procedure: AnyTRPCProcedure,
  properties: Set<string>,
): Promise<Response> {
  const { request, url, params, ctx } = call
  const { listBody } = procedure._def.meta as Meta
  const takes = { takesSource: properties.has('source'), listBody }
  const hasBody = bodyMethods.has(request.method) || listBody !== undefined
  const body = hasBody ? await readBody(request, takes) : {}
  refuseUnknown(body, properties)
  return callProcedure({ ...call, name, input: { ...readQuery(url.searchParams), ...body, ...params }, ctx }, procedure)
}

/** Runs a procedure for a REST request whose input is already read. */
export async function callProcedure(
  call: RestCall & { name: string; input: Record<string, unknown> },
  procedure: AnyTRPCProcedure = procedureOf(call.name),
): Promise<Response> {
  const result = await callTRPCProcedure({
    router: appRouter,
    path: call.name,
    getRawInput: async () => call.input,
    ctx: call.ctx,
    type: procedure._def.type,
    signal: call.request.signal,
    batchIndex: 0,
  })
  const status = (procedure._def.meta as Meta).successStatus ?? 200
  return status === 204 ? new Response(null, { status }) : Response.json(result, { status, headers: noStore })
}

const noStore = { 'cache-control': 'no-store' }

function procedureOf(name: string): AnyTRPCProcedure {
  const procedure = procedures[name]
  if (procedure === undefined) throw new Error(`there is no procedure ${name}`)
  return procedure
}

/** A misspelt property would otherwise be dropped in silence. Query strings are spared: Kestra's clients send more. */
function refuseUnknown(body: Record<string, unknown>, properties: Set<string>): void {
  const unknown = Object.keys(body).filter(name => !properties.has(name))
  if (unknown.length === 0) return
  const known = [...properties].join(', ')
  throw new AppError(
    'BAD_REQUEST',
    `Unknown ${unknown.length > 1 ? 'properties' : 'property'} ${unknown.join(', ')}; known are ${known}`,
    unknown.map(name => ({ message: 'unknown property', path: name, code: 'UNKNOWN_PROPERTY' })),
  )
}

function inputProperties(procedure: AnyTRPCProcedure): Set<string> {
  const { inputs } = procedure._def as unknown as { inputs: unknown[] }
  return new Set(inputs.flatMap(input => (input instanceof z.ZodObject ? Object.keys(input.shape) : [])))
}
