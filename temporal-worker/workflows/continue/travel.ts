import type { StoredText } from '../../activities/stored-text'
import { executionRef, type Walk } from '../walk'

/** A text on its way to another run of the workflow or to an activity: as it is where it is small, else as a file. */
export type Travelling = { text: string } | StoredText

/** Temporal refuses a payload of 2 MB; what several of them make together counts, too. */
const inlineLength = 128 * 1024

/** What is handed to an activity at a time, in characters: four bytes each at the worst, and JSON's escapes. */
const partLength = 256 * 1024

/** Puts a text into internal storage where it is too large to travel; `name` tells texts of one execution apart. */
export async function storeText(walk: Walk, name: string, text: string): Promise<Travelling> {
  if (text.length <= inlineLength) return { text }
  const { quick } = walk.host
  const execution = executionRef(walk.state)
  const stored: StoredText = { uris: [] }
  for (let start = 0; start < text.length; start += partLength) {
    const part = text.slice(start, start + partLength)
    stored.uris.push(await quick.storeText({ execution, name: `${name}-${stored.uris.length}`, text: part }))
  }
  return stored
}

export async function loadText(walk: Pick<Walk, 'host'>, tenantId: string, travelling: Travelling): Promise<string> {
  if ('text' in travelling) return travelling.text
  const parts: string[] = []
  for (const uri of travelling.uris) parts.push(await walk.host.quick.loadText({ tenantId, uri }))
  return parts.join('')
}
