import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '#web/server/auth/next-auth-options'

type RouteContext = { params: Promise<{ nextauth: string[] }> }

// Built per request: its settings come from the environment, which the build doesn't have, and from the request itself.
function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, nextAuthOptions(request.headers))
}

export { handle as GET, handle as POST }
