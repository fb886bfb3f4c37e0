import type { Readable } from 'node:stream'

/** The objects of one job in a bucket of the user's: names are relative to the job's own folder. */
export type CloudStore = {
  /** As a flow's `BUCKET_PATH` tells it, e.g. `s3://bucket/folder`. */
  address: string
  put(name: string, content: Readable): Promise<void>
  /** The content and when it was written; undefined where there is none. */
  get(name: string): Promise<{ content: Readable; writtenAt: Date } | undefined>
  remove(name: string): Promise<void>
  /** Removes all objects of the job. */
  clear(): Promise<void>
  /** A link that reads (or writes) this one object without other credentials, for so long. */
  signGet(name: string, forMs: number): Promise<string>
  signPut(name: string, forMs: number): Promise<string>
}

/** The objects of a job. */
export const objectNames = {
  /** What the job needs: command, environment, input files. Removed as soon as the job has read it. */
  kit: 'kit.tar.gz',
  /** What the command said: `<bytes of stdout> <bytes of stderr>`, a newline, then both. Numbered from 1. */
  part: (number: number) => `log/${number}`,
  outputs: 'outputs.tar',
  /** Written last: how the command ended. */
  end: 'end',
} as const
