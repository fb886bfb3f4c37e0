import { createStorage, type Storage } from '#db/storage'
import { createStorageRoom } from '#db/usage/storage-room'
import { webEnv } from './env'

let shared: Storage | undefined

/** The internal storage of `STORAGE_URL`. */
export function storage(): Storage {
  shared ??= createStorage(webEnv().STORAGE_URL)
  return shared
}

/** To ask before a file of a person or a program is stored. */
export const storageRoom = createStorageRoom()
