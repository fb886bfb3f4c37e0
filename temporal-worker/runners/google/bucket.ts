import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Storage } from '@google-cloud/storage'
import { asking, unless } from '../cloud/refusal'
import type { CloudStore } from '../cloud/store'
import type { GoogleAccess, GoogleConnection } from './connect'

/** Links that are signed with a key hold no longer. */
const longestMs = 7 * 24 * 60 * 60_000

/** The folder of one job in a bucket of Cloud Storage. */
export function openBucket(
  { projectId, key }: GoogleConnection,
  { endpoint }: GoogleAccess,
  place: { bucket: string; folder: string },
): CloudStore {
  const storage = new Storage({
    projectId,
    credentials: key,
    ...(endpoint && { apiEndpoint: `http://${endpoint.host}:${endpoint.port}` }),
  })
  const bucket = storage.bucket(place.bucket)
  const address = `gs://${place.bucket}/${place.folder}`
  const file = (name: string) => bucket.file(`${place.folder}/${name}`)
  const sign = async (name: string, action: 'read' | 'write', forMs: number) => {
    const expires = Date.now() + Math.min(forMs, longestMs)
    const [url] = await file(name).getSignedUrl({ version: 'v4', action, expires })
    return url
  }
  return {
    address,
    async put(name, content) {
      await asking('Google', `write ${address}/${name}`, () => pipeline(content, file(name).createWriteStream()))
    },
    async get(name) {
      const found = await asking('Google', `read ${address}/${name}`, () =>
        unless(404, () => file(name).getMetadata(), undefined),
      )
      if (found === undefined) return undefined
      const writtenAt = new Date(String(found[0].updated))
      return { content: file(name).createReadStream() as Readable, writtenAt }
    },
    async remove(name) {
      await file(name).delete({ ignoreNotFound: true })
    },
    async clear() {
      await asking('Google', `empty ${address}`, () => bucket.deleteFiles({ prefix: `${place.folder}/`, force: true }))
    },
    signGet: (name, forMs) => sign(name, 'read', forMs),
    signPut: (name, forMs) => sign(name, 'write', forMs),
  }
}
