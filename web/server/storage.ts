import { createStorage, type Storage } from '#db/storage'

let shared: Storage | undefined

/** The internal storage of `STORAGE_URL`. */
export function storage(): Storage {
  const url = process.env.STORAGE_URL
  if (!url)
    throw new Error('STORAGE_URL is not set: start with `npm start`, or set it to file:///folder or s3://bucket')
  shared ??= createStorage(url)
  return shared
}
