import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A stand-in for the internet, as a company network looks: a forward proxy whose own authority signs each site. */
export type Internet = {
  /** What a worker needs to reach it. NODE_EXTRA_CA_CERTS counts only when set before the process starts. */
  env: { HTTPS_PROXY: string; NODE_EXTRA_CA_CERTS: string; NO_PROXY: string }
  /** `CONNECT` requests seen, as `host:port`. */
  connects: string[]
  stop(): Promise<void>
}

/** Serves each host of `sites` over TLS behind a proxy on loopback; every other host is refused with 502. */
export async function startInternet(sites: Record<string, RequestListener>): Promise<Internet> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-internet-'))
  const authority = await makeAuthority(folder)
  const contexts = new Map<string, ReturnType<typeof createSecureContext>>()
  for (const host of Object.keys(sites)) contexts.set(host, createSecureContext(await signHost(folder, host)))

  const origin = createHttpsServer(
    { SNICallback: (host, done) => done(null, contexts.get(host)) },
    (request, response) => sites[request.headers.host ?? '']?.(request, response),
  )
  const connects: string[] = []
  const proxy = createServer((_request, response) => response.writeHead(405).end())
  const sockets = new Set<Socket>()
  proxy.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  proxy.on('connect', (request, socket) => {
    connects.push(request.url ?? '')
    if (!contexts.has(request.url?.split(':')[0] ?? '')) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    origin.emit('connection', socket)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo

  return {
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: authority,
      NO_PROXY: '127.0.0.1,localhost',
    },
    connects,
    async stop() {
      // A tunnel is no connection of the HTTP server any more, and `close` would wait for it.
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => proxy.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeAuthority(folder: string): Promise<string> {
  const file = join(folder, 'authority.pem')
  await openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Millrace test authority'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', join(folder, 'authority.key'), '-out', file],
  )
  return file
}

async function signHost(folder: string, host: string): Promise<{ key: Buffer; cert: Buffer }> {
  const [key, csr, cert, ext] = ['key', 'csr', 'crt', 'ext'].map(suffix => join(folder, `${host}.${suffix}`)) as [
    string,
    string,
    string,
    string,
  ]
  await writeFile(ext, `subjectAltName=DNS:${host}\n`)
  await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${host}`, '-keyout', key, '-out', csr)
  await openssl(
    ...['x509', '-req', '-in', csr, '-CA', join(folder, 'authority.pem'), '-CAkey', join(folder, 'authority.key')],
    ...['-CAcreateserial', '-days', '2', '-extfile', ext, '-out', cert],
  )
  return { key: await readFile(key), cert: await readFile(cert) }
}

async function openssl(...args: string[]): Promise<void> {
  await run('openssl', args)
}
