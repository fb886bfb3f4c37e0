import { generateOpenApiDocument } from 'trpc-to-openapi'
import packageJson from '../../../package.json' with { type: 'json' }
import { appRouter } from '../routers/app-router'
import { openRoutes } from './open-routes'
import { rawRoutes } from './raw-routes'

export type OpenApiDocument = ReturnType<typeof generateOpenApiDocument>

let document: OpenApiDocument | undefined

/** The API as OpenAPI 3.1: the procedures by themselves, the raw routes added. */
export function openApiDocument(): OpenApiDocument {
  document ??= createDocument()
  return document
}

function createDocument(): OpenApiDocument {
  const described = generateOpenApiDocument(appRouter, {
    openApiVersion: '3.1.0',
    title: 'Millrace',
    description:
      "Kestra's paths and shapes. Errors: `{ message, _embedded: { errors: [{ message, path, code, line, column }] } }`.",
    version: packageJson.version,
    baseUrl: '/api/v1',
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  })
  for (const route of rawRoutes.filter(({ bodyType }) => bodyType === undefined)) {
    addRoute(described, { ...route, operationId: route.answer.name, security: [{ token: [] }] })
  }
  for (const route of openRoutes) {
    const operationId = `webhook${route.method}${route.path.endsWith('{path}') ? 'WithPath' : ''}`
    addRoute(described, { ...route, operationId, replyType: 'application/json', security: [] })
  }
  return described
}

type DescribedRoute = {
  method: string
  path: `/${string}`
  summary: string
  operationId: string
  replyType: string
  security: { token: [] }[]
}

function addRoute(described: OpenApiDocument, route: DescribedRoute): void {
  const { operationId, summary, security } = route
  described.paths ??= {}
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')
  described.paths[route.path] = {
    ...described.paths[route.path],
    [route.method.toLowerCase()]: {
      operationId,
      summary,
      security,
      parameters: names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      responses: { 200: { description: 'Successful response', content: { [route.replyType]: { schema: {} } } } },
    },
  }
}
