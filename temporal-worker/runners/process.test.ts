import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createProcessRunner } from './process'

/** Nothing else of this process has its turn meanwhile, as where a worker is busy. */
function standStill(ms: number): void {
  const until = Date.now() + ms
  while (Date.now() < until);
}

test('what a pipe still holds when its command has ended is read, however busy the worker is', async () => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-process-'))
  const filler = 'x'.repeat(20_000)
  const request = await prepareRequest(
    root,
    `echo first; sleep 0.3; echo second ${filler}; sleep 0.1; echo third ${filler}`,
  )
  const { events, lines } = recordEvents()
  const busy: typeof events = {
    ...events,
    line(...given) {
      events.line(...given)
      if (given[1].startsWith('second')) standStill(1200)
    },
    // The log is behind: only the end of the command makes the rest be read.
    caughtUp: () => new Promise(() => undefined),
  }
  await createProcessRunner({ instance: root }).run(request, busy, new AbortController().signal)
  expect(lines.map(({ line }) => line.split(' ')[0])).toEqual(['first', 'second', 'third'])
  await rm(root, { recursive: true })
})
