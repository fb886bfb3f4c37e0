import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl, S3RequestPresigner } from '@aws-sdk/s3-request-presigner'
import type { CloudStore } from '../cloud/store'

/** S3 signs for a week at most. */
const longestLinkSeconds = 7 * 24 * 3600

/** The objects of a job below `folder` of a bucket. */
export function openS3Store(s3: S3Client, { bucket, folder }: { bucket: string; folder: string }): CloudStore {
  const object = (name: string) => ({ Bucket: bucket, Key: `${folder}/${name}` })
  const sign = createSigner(s3, object)
  return {
    address: `s3://${bucket}/${folder}`,
    async put(name, content) {
      await new Upload({ client: s3, params: { ...object(name), Body: content } }).done()
    },
    async get(name) {
      try {
        const { Body, LastModified } = await s3.send(new GetObjectCommand(object(name)))
        return { content: Body as Readable, writtenAt: LastModified ?? new Date() }
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined
        throw error
      }
    },
    async remove(name) {
      await s3.send(new DeleteObjectCommand(object(name)))
    },
    async clear() {
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: `${folder}/` })) {
        const keys = (page.Contents ?? []).map(({ Key }) => ({ Key }))
        if (keys.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys } }))
      }
    },
    signGet: (name, forMs) => sign('GET', name, forMs),
    signPut: (name, forMs) => sign('PUT', name, forMs),
  }
}

/** A job gets hundreds of links: the library's own way, all of a client for each, takes ten times as long. */
function createSigner(s3: S3Client, object: (name: string) => { Bucket: string; Key: string }) {
  const presigner = new S3RequestPresigner({ ...s3.config })
  let folder: Promise<URL> | undefined
  return async (method: 'GET' | 'PUT', name: string, forMs: number): Promise<string> => {
    folder ??= getSignedUrl(s3, new GetObjectCommand(object('-'))).then(url => new URL(url))
    const { protocol, hostname, port, host, origin, pathname } = await folder
    const path = pathname.replace(/-$/, name)
    const { query } = await presigner.presign(
      { method, protocol, hostname, ...(port !== '' && { port: Number(port) }), path, query: {}, headers: { host } },
      { expiresIn: Math.min(Math.ceil(forMs / 1000), longestLinkSeconds) },
    )
    return `${origin}${path}?${new URLSearchParams(query as Record<string, string>)}`
  }
}
