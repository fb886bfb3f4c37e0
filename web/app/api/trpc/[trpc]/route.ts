import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createContext } from '#web/server/context'
import { appRouter } from '#web/server/routers/app-router'

function handle(req: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: ({ resHeaders }) => createContext(req, resHeaders),
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  })
}

export { handle as GET, handle as POST }
