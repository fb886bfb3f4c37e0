/** Internal storage: files of executions and namespaces, in a local folder or any S3, under the tenant's prefix. */
export { createStorage } from './storage/create-storage'
export { type ByteRange, FileNotFound, type Storage, StoragePathRefused, type StoredFile } from './storage/storage'
