import { addAbortSignal } from 'node:stream'
import { createGzip } from 'node:zlib'
import { packFolder } from '../archive'
import type { RunnerRequest } from '../runner'
import { filesScript, mainScript, outputsScript, partsOf } from './scripts'
import { type CloudStore, objectNames } from './store'

/** Signing sooner than this leaves no time to wait for a machine. */
const slackMs = 60 * 60_000

/**
 * Puts all that the job needs into the bucket; the job may take `forMs`.
 * Resolves with the one link that its description tells.
 */
export async function putKit(
  store: CloudStore,
  request: RunnerRequest,
  forMs: number,
  signal: AbortSignal,
): Promise<string> {
  const validMs = forMs + slackMs
  const numbers = Array.from({ length: partsOf(forMs) }, (_, index) => index + 1)
  const urls: string[] = []
  for (const number of numbers) urls.push(await store.signPut(objectNames.part(number), validMs))
  const texts = {
    'io/main': mainScript(request),
    'io/files': filesScript,
    'io/outputs': outputsScript(request.outputFiles),
    'io/urls': urls.map(url => `${url}\n`).join(''),
    'io/url.outputs': await store.signPut(objectNames.outputs, validMs),
    'io/url.end': await store.signPut(objectNames.end, validMs),
  }
  const archive = packFolder(request.hostDir, 'work', texts)
  const packed = addAbortSignal(signal, createGzip({ level: 1 }))
  archive.on('error', error => packed.destroy(error))
  await store.put(objectNames.kit, archive.pipe(packed))
  return await store.signGet(objectNames.kit, validMs)
}
