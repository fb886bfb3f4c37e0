import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

export type TestRegistry = {
  /** `127.0.0.1:port`: Docker trusts it without TLS. */
  host: string
  stop(): Promise<void>
}

type Blob = { digest: string; bytes: Buffer }

/**
 * A registry that holds one image, `<host>/busybox:1`, made of a folder; optionally behind a password.
 * It speaks as much of the distribution protocol as a pull needs.
 */
export async function startRegistry(options: { folder: string; login?: string }): Promise<TestRegistry> {
  const image = await buildImage(options.folder)
  const server = createServer((request, response) => answer(request, response, image, options.login))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function buildImage(folder: string): Promise<{ manifest: Blob; blobs: Blob[] }> {
  const { stdout } = await promisify(execFile)('tar', ['-C', folder, '-c', '.'], {
    encoding: 'buffer',
    maxBuffer: 100_000_000,
  })
  const layer = blobOf(gzipSync(stdout, { level: 1 }))
  const config = blobOf(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Env: ['PATH=/usr/bin:/bin'], Cmd: ['sh'] },
      rootfs: { type: 'layers', diff_ids: [blobOf(stdout).digest] },
      history: [{ created_by: 'a test' }],
    }),
  )
  const manifest = blobOf(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.bytes.length,
        digest: config.digest,
      },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          size: layer.bytes.length,
          digest: layer.digest,
        },
      ],
    }),
  )
  return { manifest, blobs: [layer, config] }
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json'

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { manifest, blobs }: { manifest: Blob; blobs: Blob[] },
  login: string | undefined,
): void {
  const authorization = `Basic ${Buffer.from(login ?? '').toString('base64')}`
  if (login !== undefined && request.headers.authorization !== authorization) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end()
    return
  }
  const path = request.url ?? ''
  if (path === '/v2/') {
    response.writeHead(200).end('{}')
    return
  }
  const isManifest = path === '/v2/busybox/manifests/1' || path.endsWith(`/manifests/${manifest.digest}`)
  const blob = isManifest ? manifest : blobs.find(({ digest }) => path.endsWith(`/blobs/${digest}`))
  if (blob === undefined) {
    response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
    return
  }
  response.writeHead(200, {
    'Content-Type': isManifest ? manifestType : 'application/octet-stream',
    'Content-Length': blob.bytes.length,
    'Docker-Content-Digest': blob.digest,
  })
  response.end(request.method === 'HEAD' ? undefined : blob.bytes)
}

function blobOf(content: string | Buffer): Blob {
  const bytes = Buffer.from(content)
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` }
}
