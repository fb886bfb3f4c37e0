import { createHash, randomBytes } from 'node:crypto'

type Credentials = { username: string; password: string }

const hashes: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }

/** The `Authorization` header that answers a `WWW-Authenticate: Digest ...` challenge; null for any other challenge. */
export function answerDigest(
  challenge: string | null,
  request: { method: string; url: URL },
  { username, password }: Credentials,
  cnonce = randomBytes(16).toString('hex'),
): string | null {
  if (!challenge || !/^digest /i.test(challenge)) return null
  const { realm = '', nonce = '', opaque, qop, algorithm = 'MD5' } = readParameters(challenge)
  const hash = hashes[algorithm.replace(/-sess$/i, '').toUpperCase()]
  if (!hash) return null
  const digest = (text: string) => createHash(hash).update(text).digest('hex')

  const uri = request.url.pathname + request.url.search
  const secret = digest(`${username}:${realm}:${password}`)
  const first = /-sess$/i.test(algorithm) ? digest(`${secret}:${nonce}:${cnonce}`) : secret
  const second = digest(`${request.method}:${uri}`)
  const isAuthQop = qop?.split(/\s*,\s*/).includes('auth') ?? false
  const response = digest(
    isAuthQop ? `${first}:${nonce}:00000001:${cnonce}:auth:${second}` : `${first}:${nonce}:${second}`,
  )
  const quoted = { username, realm, nonce, uri, response, cnonce, ...(opaque !== undefined && { opaque }) }
  const parts = Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`)
  return `Digest ${[...parts, `algorithm=${algorithm}`, ...(isAuthQop ? ['qop=auth', 'nc=00000001'] : [])].join(', ')}`
}

function readParameters(challenge: string): Record<string, string | undefined> {
  const parameters: Record<string, string | undefined> = {}
  for (const match of challenge.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    parameters[(match[1] ?? '').toLowerCase()] = match[2]?.replace(/\\(.)/g, '$1') ?? match[3]
  }
  return parameters
}
