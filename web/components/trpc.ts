'use client'

import type { inferRouterOutputs } from '@trpc/server'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#web/server/routers/app-router'

/** Typed query and mutation options of every procedure. @example `const trpc = useTRPC(); useQuery(trpc.account.me.queryOptions())` */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export type Outputs = inferRouterOutputs<AppRouter>
