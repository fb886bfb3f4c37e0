import { Readable } from 'node:stream'

/**
 * What is to be stored, as a stream whose errors are listened to from this moment on: a download may break off before
 * the storage is ready to read it, and an error that nobody listens to would end the process.
 */
export function toSource(content: Readable | Buffer | string): Readable {
  const source = content instanceof Readable ? content : Readable.from([Buffer.from(content)])
  source.on('error', () => {})
  return source
}
