import { createStorage, type Storage } from '#db/storage'
import { webEnv } from './env'

let shared: Storage | undefined

/** The internal storage of `STORAGE_URL`. */
export function storage(): Storage {
  shared ??= createStorage(webEnv().STORAGE_URL)
  return shared
}
