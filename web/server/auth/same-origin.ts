import { AppError } from '../errors/app-error'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change asked for with a cookie by another site's page. SameSite=Lax already keeps the cookie away there;
 * this holds in browsers that don't know it, and against sister sites of one domain.
 */
export function requireSameOrigin(request: { method: string; headers: Headers }): void {
  if (safeMethods.has(request.method)) return
  if (isSameOrigin(request.headers)) return
  throw new AppError('FORBIDDEN', 'This request came from another site')
}

function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === null) return headers.get('sec-fetch-site') === 'same-origin'
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  try {
    return host !== null && new URL(origin).host === host
  } catch {
    return false
  }
}
