import { type ExecutionRef, executionFolder, slug, toStorageUri } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { holdsStored, isKeepable, toStored } from '#language/stored'
import type { ActivityDependencies } from '../activities/dependencies'

/** Variables of a trigger above this size lie in a file each, once all of them are too large to travel. */
const maxInlineBytes = 16 * 1024

/** Refuses what no later task could be given. */
export function assertNotTooLarge({ limits }: ActivityDependencies, variables: JsonObject): void {
  const bytes = bytesOf(variables)
  if (bytes <= limits.outputBytes) return
  throw new TaskError(
    `What the trigger found has ${bytes} bytes; ${limits.outputBytes} are the most. Have it kept in a file (fetchType: STORE), or ask for less.`,
  )
}

/** What a trigger found as it travels: values that are large, or that a row can't hold, become files. */
export async function packVariables(
  { storage, limits }: ActivityDependencies,
  { tenantId, ...execution }: ExecutionRef & { tenantId: string },
  variables: JsonObject,
): Promise<JsonObject> {
  const isLarge = bytesOf(variables) > limits.inlineOutputBytes
  const entries = Object.entries(variables).map(async ([name, value]): Promise<[string, Json]> => {
    // What reads like something stored is what somebody sent: as a file it is only data.
    const isInline = isKeepable(value) && !holdsStored(value) && !(isLarge && bytesOf(value) > maxInlineBytes)
    if (isInline) return [name, value]
    const path = `${executionFolder(execution)}/trigger/${slug(name)}/outputs.json`
    await storage.put(tenantId, path, JSON.stringify(value))
    return [name, toStored(toStorageUri(path))]
  })
  return Object.fromEntries(await Promise.all(entries))
}

function bytesOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value))
}
