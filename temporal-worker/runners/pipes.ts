import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Spawner } from './process-spawner'

/** One way, from a process to us. */
export type Pipe = {
  /** For the spawner. */
  name: string
  /** To be called once a process has it: until then the pipe seems to have a writer, afterwards it ends with those it has. */
  closeWriter(): void
  reader: Readable
}

type Ends = { name: string; reader: number; writer: number }

/** Made together, for making them costs a process. */
const batch = 32

/**
 * Pipes as shells make them. Those of Node are sockets, and what a script opens by name (`> /dev/stderr`, `tee
 * /dev/stdout`) can't be a socket on Linux.
 */
export function createPipes(spawner: Spawner): () => Promise<Pipe> {
  const ready: Ends[] = []
  let made = 0
  let filling: Promise<void> | undefined

  async function fill(): Promise<void> {
    try {
      const names = Array.from({ length: batch }, () => join(spawner.folder(), String(made++)))
      await makePipes(spawner, names)
      ready.push(...names.map(openEnds))
    } finally {
      filling = undefined
    }
  }

  return async () => {
    for (;;) {
      const ends = ready.pop()
      if (ends !== undefined) return toPipe(ends)
      filling ??= fill()
      await filling
    }
  }
}

async function makePipes(spawner: Spawner, names: string[]): Promise<void> {
  const started = await spawner.start({ file: 'mkfifo', args: names, cwd: '/', env: { PATH: process.env.PATH ?? '' } })
  if ('error' in started) throw new Error(`Can't make pipes: ${started.error.message}`)
  const { code } = await started.exited
  started.release()
  if (code !== 0) throw new Error(`Can't make pipes: mkfifo ended with ${code}`)
}

function openEnds(name: string): Ends {
  // Doesn't wait for somebody to write; and with it there is a reader, so that neither does the other.
  const reader = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
  return { name, reader, writer: openSync(name, constants.O_WRONLY) }
}

function toPipe({ name, reader, writer }: Ends): Pipe {
  return {
    name,
    closeWriter: () => closeSync(writer),
    reader: new Socket({ fd: reader, readable: true, writable: false }),
  }
}
