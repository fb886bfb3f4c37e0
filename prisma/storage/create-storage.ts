import { fileURLToPath } from 'node:url'
import { createLocalStorage } from './local-storage'
import { createS3Storage } from './s3-storage'
import type { Storage } from './storage'

const factories: Record<string, (url: URL) => Storage> = {
  'file:': url => createLocalStorage(fileURLToPath(url)),
  's3:': createS3Storage,
}

/**
 * Opens the internal storage named by `STORAGE_URL`.
 * @example createStorage('file:///var/lib/millrace/storage')
 * @example createStorage('s3://bucket/prefix?endpoint=http://minio:9000&region=eu-central-1&forcePathStyle=true')
 */
export function createStorage(url: string): Storage {
  if (!URL.canParse(url)) throw new Error(`STORAGE_URL is no URL: ${url}; write file:///folder or s3://bucket/prefix`)
  const parsed = new URL(url)
  const factory = factories[parsed.protocol]
  if (!factory) throw new Error(`STORAGE_URL names ${parsed.protocol}//; known are file:// and s3://`)
  return factory(parsed)
}
