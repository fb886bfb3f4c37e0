import { z } from 'zod'
import { type PollContext, type Polled, TaskError } from '#language/define-plugin'
import { durationMs } from '#language/durations'
import type { JsonObject } from '#language/json'
import { type FileSource, fetchFiles, listAtMost, removeFiles } from './file-source'
import { findNewFiles, type ListedFile, maxListed } from './new-files'
import type { FileAction, FileEvent } from './properties'

export type Watch = { action: FileAction; on: FileEvent; maxFiles: number; stateKey?: string; stateTtl?: string }

/** Where files are written in place, and dates have whole seconds. */
const quietMs = 2000

/**
 * Fetches the files that are new to a trigger. They are moved or deleted only when the execution with them is kept:
 * by `settleFiles`, or, if that could not do it, by the next poll.
 */
export async function pollFiles<File extends ListedFile>(
  ctx: PollContext,
  watch: Watch,
  source: FileSource<File>,
  { variables, isWrittenInPlace }: { variables(files: JsonObject[]): JsonObject; isWrittenInPlace: boolean },
): Promise<Polled> {
  const { action, stateKey, stateTtl } = watch
  const listed = await listAtMost(source.list(), maxListed)
  const stateTtlMs = stateTtl === undefined ? undefined : durationMs(stateTtl)
  const found = findNewFiles({
    ...{ ...watch, ...listed, memory: ctx.memory, stateKey, stateTtlMs, now: Date.now() },
    ...(isWrittenInPlace && { quietMs }),
  })
  const stuck = await removeFiles(ctx, source, found.leftovers)
  const fetched = await fetchFiles(
    ctx,
    source,
    found.fresh.map(({ file }) => file),
  )
  const memory = found.remember(fetched.map(({ file }) => file))
  if (stuck.length > 0 && fetched.length === 0) {
    const what = `${stuck.length} of the files that started executions are still there`
    throw new TaskError(`${what}, and start none again. ${stuck[0]}`)
  }
  const leaving = action === 'NONE' ? [] : fetched.map(({ file }) => file)
  const changeTypes = new Map(found.fresh.map(({ file, changeType }) => [file, changeType]))
  const described = fetched.map(({ file, uri }) => ({
    ...source.describe(file, uri),
    changeType: changeTypes.get(file) ?? null,
  }))
  return {
    ...(memory && { memory }),
    ...(leaving.length > 0 && { unsettled: { files: leaving.map(({ id, version }) => ({ id, version })) } }),
    ...(described.length > 0 && { variables: variables(described) }),
  }
}

const Unsettled = z.object({ files: z.array(z.object({ id: z.string(), version: z.string() })) })

/** Moves or deletes what a poll fetched; nothing where the trigger has been changed since and leaves files alone. */
export async function settleFiles<File extends ListedFile>(
  ctx: PollContext,
  { action }: Pick<Watch, 'action'>,
  unsettled: JsonObject,
  source: FileSource<File>,
): Promise<void> {
  if (action !== 'NONE') await removeFiles(ctx, source, Unsettled.parse(unsettled).files)
}

/** The folder to move to, which must be named where files are to be moved. */
export function checkMove<Target>(action: FileAction, name: string, target: Target | undefined): Target | undefined {
  if (action === 'MOVE' && target === undefined) throw new TaskError(`action: MOVE needs ${name}, where to move to`)
  return action === 'MOVE' ? target : undefined
}
