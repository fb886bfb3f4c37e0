'use client'

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { type ReactNode, useState } from 'react'
import superjson from 'superjson'
import { ToastProvider } from '#ui/ui/toast'
import { codeOf } from '#web/components/request-error'
import { TRPCProvider } from '#web/components/trpc'
import { holdsUnsaved } from '#web/components/unsaved'
import type { AppRouter } from '#web/server/routers/app-router'

const refusals = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST', 'INVALID', 'UNPROCESSABLE_CONTENT'])

/**
 * A session that ended while a page was open: sign in, then come back to the same page. Not where text would be left
 * behind: the editor says so itself.
 */
function leaveWhenSignedOut(error: unknown): void {
  const { pathname, search } = window.location
  if (codeOf(error) !== 'UNAUTHORIZED' || holdsUnsaved() || pathname === '/' || pathname.startsWith('/sign-')) return
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && !refusals.has(codeOf(error) ?? ''),
      },
    },
  })
}

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc', transformer: superjson })] }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </TRPCProvider>
    </QueryClientProvider>
  )
}
