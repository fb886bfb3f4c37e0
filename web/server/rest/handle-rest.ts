import { openScope } from '../access/tenant-scope'
import { createContext } from '../context'
import { AppError } from '../errors/app-error'
import { errorResponse } from './error-response'
import { openRoutes, withoutKey } from './open-routes'
import { openApiDocument } from './openapi'
import { procedureRoutes, withActionPath } from './procedure-routes'
import { type RawRoute, rawRoutes } from './raw-routes'
import { mediaType } from './read-body'
import type { RestCall, RestHandler } from './rest-call'
import { createRouteTable, type RouteMatch, type RouteTable } from './route-table'

export const restBase = '/api/v1'

type Tables = { forms: RouteTable<RestHandler>; all: RouteTable<RestHandler> }
let tables: Tables | undefined

/** Answers any request below /api/v1. Never throws. */
export async function handleRest(request: Request): Promise<Response> {
  try {
    const url = new URL(request.url)
    const path = url.pathname.slice(restBase.length)
    const { target, params } = findRoute(request, path)
    // REST sets no cookies: the headers are only there because the context has a place for them.
    return await target({ request, url, params, ctx: createContext(request, new Headers()) })
  } catch (error) {
    return errorResponse(error)
  }
}

function findRoute(request: Request, path: string): RouteMatch<RestHandler> {
  tables ??= createTables()
  const form = mediaType(request) === 'multipart/form-data' ? tables.forms.match(request.method, path) : null
  const match = form ?? tables.all.match(request.method, path)
  if (match) return match
  const methods = tables.all.methods(path)
  const shown = `${restBase}${withoutKey(path)}`
  if (methods.length === 0) throw new AppError('NOT_FOUND', `There is no ${shown}`)
  throw new AppError('METHOD_NOT_ALLOWED', `${shown} has no ${request.method}, only ${methods.join(', ')}`)
}

function createTables(): Tables {
  const raw = rawRoutes.flatMap(route =>
    withActionPath({ ...route, target: scoped(route) }).map(path => ({ ...route, ...path })),
  )
  const open = openRoutes.map(({ answer, ...route }) => ({ ...route, target: answer }))
  const openApi = { method: 'GET', path: '/openapi.json', target: async () => Response.json(openApiDocument()) }
  return {
    forms: createRouteTable(raw.filter(route => route.bodyType === 'multipart/form-data')),
    all: createRouteTable([
      openApi,
      ...open,
      ...procedureRoutes(),
      ...raw.filter(route => route.bodyType === undefined),
    ]),
  }
}

/** The permission is checked here, once for all raw routes. */
function scoped(route: RawRoute): RestHandler {
  return async (call: RestCall) => {
    const { tenant = '', namespace } = call.params
    const scope = await openScope(call.ctx, tenant, route.permission, namespace)
    return route.answer({ ...call, scope })
  }
}
