/**
 * The address nearest to us that the proxies in front vouch for: the last of `X-Forwarded-For`. Next writes the
 * socket's address there when no proxy did. What stands before it is the sender's own claim.
 */
export function clientIp(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}
