import { type Change, changeBetween, withChange } from './text-change'

/** A text with the changes that led to it, and those that were undone. */
export type TextHistory = { text: string; done: Entry[]; undone: Change[] }

/** `typedAt`: milliseconds, of a change by typing, which may grow as one goes on; undefined for one that stands alone. */
type Entry = Change & { typedAt: number | undefined }

const maxEntries = 500
/** A longer pause begins a new step. */
const pauseMs = 800

export function startHistory(text: string): TextHistory {
  return { text, done: [], undone: [] }
}

/** The history after the text became another one. What was undone can't be redone any more. */
export function changeText(history: TextHistory, text: string, typedAt?: number): TextHistory {
  const change = changeBetween(history.text, text)
  if (change === undefined) return history
  const last = history.done.at(-1)
  const grown = last && typedAt !== undefined ? growBy(last, { ...change, typedAt }) : undefined
  const done = grown ? [...history.done.slice(0, -1), grown] : [...history.done, { ...change, typedAt }]
  return { text, done: done.slice(-maxEntries), undone: [] }
}

/** The text as it was before its last change; the same history where there is none. */
export function undoChange(history: TextHistory): TextHistory {
  const last = history.done.at(-1)
  if (last === undefined) return history
  const { start, removed, inserted } = last
  return {
    text: withChange(history.text, { start, removed: inserted, inserted: removed }),
    done: history.done.slice(0, -1),
    undone: [...history.undone, { start, removed, inserted }],
  }
}

export function redoChange(history: TextHistory): TextHistory {
  const last = history.undone.at(-1)
  if (last === undefined) return history
  return {
    text: withChange(history.text, last),
    done: [...history.done, { ...last, typedAt: undefined }],
    undone: history.undone.slice(0, -1),
  }
}

/** One step of both where the later letters follow the earlier ones without a pause or a new line; else undefined. */
function growBy(last: Entry, next: Entry): Entry | undefined {
  if (last.typedAt === undefined || next.typedAt === undefined || next.typedAt - last.typedAt > pauseMs)
    return undefined
  if (last.removed === '' && next.removed === '' && next.start === last.start + last.inserted.length) {
    return next.inserted.includes('\n')
      ? undefined
      : { ...next, start: last.start, inserted: last.inserted + next.inserted }
  }
  if (last.inserted === '' && next.inserted === '' && next.start + next.removed.length === last.start) {
    return { ...next, removed: next.removed + last.removed }
  }
  return undefined
}
