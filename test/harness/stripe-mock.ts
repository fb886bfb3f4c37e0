import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readyOrExit, rememberLines, startChild } from '#infra/local/child'
import { freePort } from '#infra/local/free-port'
import { runToEnd } from '#infra/local/run-to-end'

/** Knows the API of the day it was made; builds with the Go that the Temporal server is built with. */
const goModule = 'github.com/stripe/stripe-mock@v0.203.0'
const cache = resolve('.millrace/cache')

/** Stripe's own mock: checks each request against Stripe's OpenAPI document and answers with examples; remembers nothing. */
export type StripeMock = { url: string; stop(): Promise<void> }

/** Starts it; from PATH, the cache folder, or built there once with Go. */
export async function startStripeMock(): Promise<StripeMock> {
  const command = await findStripeMock()
  const port = await freePort()
  const { log, lines } = rememberLines(() => {})
  const args = ['-http-addr', `127.0.0.1:${port}`]
  const child = await startChild({ name: 'stripe-mock', command, args, log })
  const url = `http://127.0.0.1:${port}`
  await readyOrExit(child, untilUp(url), lines)
  return { url, stop: child.stop }
}

async function findStripeMock(): Promise<string> {
  const places = [...(process.env.PATH ?? '').split(delimiter), cache].map(folder => join(folder, 'stripe-mock'))
  return places.find(path => existsSync(path)) ?? build()
}

async function build(): Promise<string> {
  const folder = join(cache, `stripe-mock-build-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const args = ['install', '-trimpath', '-ldflags=-s -w', goModule]
  const env = { ...process.env, GOBIN: folder }
  await runToEnd(
    'go install of stripe-mock (the tests of billing need it, or Go to build it)',
    { command: 'go', args },
    { env },
  )
  const path = join(cache, 'stripe-mock')
  await rename(join(folder, 'stripe-mock'), path)
  await rm(folder, { recursive: true, force: true })
  return path
}

async function untilUp(url: string): Promise<void> {
  // Any answer will do: without a key it is 401.
  while (!(await fetch(url).then(Boolean, () => false))) await sleep(20)
}
