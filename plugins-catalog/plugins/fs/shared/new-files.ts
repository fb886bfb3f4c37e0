import { createHash } from 'node:crypto'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { FileAction, FileChange, FileEvent } from './properties'

/** A file as a listing tells of it. The version changes whenever its content does. */
export type ListedFile = { id: string; version: string; modifiedMs: number }

/** So many files are looked at in one poll, which bounds what a trigger remembers to about a megabyte. */
export const maxListed = 50_000

/** For how long a file stays known that a listing cut short doesn't show. */
const leastUnseenMs = 24 * 60 * 60_000

export type NewFilesOptions<File> = {
  files: File[]
  /** Whether the listing is all there is. */
  isWhole: boolean
  memory: JsonObject
  action: FileAction
  on: FileEvent
  maxFiles: number
  /** What is remembered under another key counts no more. */
  stateKey?: string
  /** For how long a file that is gone stays known. */
  stateTtlMs?: number
  /** A file that changed less than this ago may still be being written, and waits for a later poll. */
  quietMs?: number
  now: number
}

export type NewFiles<File> = {
  /** Those to start an execution with, the oldest first. */
  fresh: { file: File; changeType: FileChange }[]
  /** Those that started one before and should be gone by now. */
  leftovers: File[]
  /** What to remember once these of the fresh ones have been taken; undefined where that is what is known already. */
  remember(taken: File[]): JsonObject | undefined
}

/** `isLeaving`: it was taken to be moved or deleted. `goneAt`: since when it is no longer listed, in ms. */
type Known = { version: string; isLeaving: boolean; goneAt?: number }

type UnlistedOptions = Pick<NewFilesOptions<never>, 'isWhole' | 'stateTtlMs' | 'now'>

/**
 * Which files are new to a trigger. Each version of a file is taken once: what was taken is remembered for as long as the
 * file is there, even where it should have been moved or deleted.
 */
export function findNewFiles<File extends ListedFile>(options: NewFilesOptions<File>): NewFiles<File> {
  const { files, isWhole, memory, action, maxFiles, stateKey } = options
  if (action === 'NONE' && !isWhole) {
    throw new TaskError(
      `There are more than ${maxListed} files, and with action: NONE each has to be remembered. Have them moved or ` +
        'deleted (action), or look at fewer',
    )
  }
  const before = readMemory(memory, stateKey)
  const after = new Map<string, Known>()
  const found: { file: File; key: string; changeType: FileChange }[] = []
  const leftovers: File[] = []
  for (const file of files.toSorted(byAge)) {
    const key = digest(file.id, 11)
    const known = before.get(key)
    const version = digest(file.version, 6)
    if (known?.version === version) {
      after.set(key, { version, isLeaving: known.isLeaving })
      if (known.isLeaving && action !== 'NONE') leftovers.push(file)
      continue
    }
    if (isStirring(file, options)) {
      if (known) after.set(key, known)
      continue
    }
    const changeType = changeOf(known, options)
    if (changeType === null) after.set(key, { version, isLeaving: known?.isLeaving ?? false })
    else {
      if (known) after.set(key, known)
      found.push({ file, key, changeType })
    }
  }
  for (const [key, known] of before) {
    const kept = after.has(key) ? undefined : unlisted(known, options)
    if (kept) after.set(key, kept)
  }
  const fresh = found.slice(0, maxFiles)
  return {
    fresh,
    leftovers: leftovers.slice(0, maxFiles),
    remember(taken) {
      const all = new Set(taken)
      for (const { file, key } of fresh) {
        if (all.has(file)) after.set(key, { version: digest(file.version, 6), isLeaving: action !== 'NONE' })
      }
      return isSame(before, after) ? undefined : writeMemory(after, stateKey)
    },
  }
}

/** How the trigger sees a file whose version it doesn't know; null where it doesn't ask for that. */
function changeOf(known: Known | undefined, { action, on }: Pick<NewFilesOptions<never>, 'action' | 'on'>) {
  // The one before it was moved or deleted, or soon is: whether this is another or the same is not to be told.
  const isReplaced = known?.isLeaving === true && action !== 'NONE'
  if (isReplaced) return on === 'UPDATE' ? 'UPDATE' : 'CREATE'
  const changeType = known === undefined ? 'CREATE' : 'UPDATE'
  return on === 'CREATE_OR_UPDATE' || on === changeType ? changeType : null
}

/** Not for one whose date is of another clock: it would wait for long. */
function isStirring({ modifiedMs }: ListedFile, { quietMs = 0, now }: Pick<NewFilesOptions<never>, 'quietMs' | 'now'>) {
  return Math.abs(now - modifiedMs) < quietMs
}

/** What is known of a file that is not listed; undefined once it is to be forgotten. */
function unlisted(known: Known, { isWhole, stateTtlMs = 0, now }: UnlistedOptions): Known | undefined {
  const goneAt = known.goneAt ?? now
  const keptMs = isWhole ? stateTtlMs : Math.max(stateTtlMs, leastUnseenMs)
  // Gone for sure, so that one that comes back is another.
  const isLeaving = known.isLeaving && !isWhole
  return now - goneAt < keptMs ? { ...known, isLeaving, goneAt } : undefined
}

function byAge(a: ListedFile, b: ListedFile): number {
  return a.modifiedMs - b.modifiedMs || (a.id < b.id ? -1 : 1)
}

/** Names may be long and are nobody's business in a trigger's state. */
function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length)
}

/** `{ files: { <file>: '-<version>' } }`; `+` for one that is to leave, `@<seconds>` behind one that is gone. */
function readMemory({ files, stateKey }: JsonObject, wantedKey: string | undefined): Map<string, Known> {
  const known = new Map<string, Known>()
  if (typeof files !== 'object' || files === null || stateKey !== (wantedKey ?? null)) return known
  for (const [key, entry] of Object.entries(files)) {
    const [, mark, version = '', goneAt] = /^([-+])([\w-]+)(?:@(\d+))?$/.exec(String(entry)) ?? []
    if (mark === undefined) continue
    known.set(key, { version, isLeaving: mark === '+', ...(goneAt && { goneAt: Number(goneAt) * 1000 }) })
  }
  return known
}

function writeMemory(known: Map<string, Known>, stateKey: string | undefined): JsonObject {
  const entries = [...known].map(([key, { version, isLeaving, goneAt }]) => {
    const gone = goneAt === undefined ? '' : `@${Math.floor(goneAt / 1000)}`
    return [key, `${isLeaving ? '+' : '-'}${version}${gone}`]
  })
  return { stateKey: stateKey ?? null, files: Object.fromEntries(entries) }
}

function isSame(before: Map<string, Known>, after: Map<string, Known>): boolean {
  if (before.size !== after.size) return false
  return [...after].every(([key, { version, isLeaving, goneAt }]) => {
    const known = before.get(key)
    return (
      known?.version === version &&
      known.isLeaving === isLeaving &&
      (known.goneAt === undefined) === (goneAt === undefined)
    )
  })
}
