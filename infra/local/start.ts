import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build'
import { isPortTaken } from './free-port'
import { lockFolder } from './lock'
import { createProgress, seconds } from './progress'
import { readSettings, type Settings } from './settings'
import { type Stack, startStack } from './stack'

/** The supervisor behind `npm start` and `npm run dev`. */
try {
  const settings = readConfiguration()
  const unlock = lockFolder(settings.dataDir, settings.address)
  await refuseTakenPort(settings, unlock)
  await run(settings, unlock)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

function readConfiguration(): Settings {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return readSettings(root, process.argv.slice(2))
}

async function refuseTakenPort({ port }: Settings, unlock: () => void) {
  if (!(await isPortTaken(port))) return
  unlock()
  throw new Error(`Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}`)
}

async function run(settings: Settings, unlock: () => void) {
  const progress = createProgress()
  const stopped = stopOnSignal(progress.say)
  try {
    const stack = await Promise.race([startStack(settings, progress), stopped.requested])
    if (stack) {
      announce(settings, progress.say)
      await stopped.requested
      await stopInOrder(stack, progress.say)
    }
  } finally {
    unlock()
  }
  // When it is stopped while starting, the guard ends what was started so far.
  process.exit(0)
}

function announce(settings: Settings, say: (line: string) => void) {
  const time = seconds(performance.now())
  say(`\nMillrace runs at ${settings.address} (ready in ${time}).`)
  say(`Data and logs are in ${settings.dataDir}. Ctrl-C stops it.`)
}

function stopOnSignal(say: (line: string) => void): { requested: Promise<undefined> } {
  let hasAsked = false
  const requested = new Promise<undefined>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Twice means now; the guard ends the parts.
        if (hasAsked && signal === 'SIGINT') process.exit(130)
        hasAsked = true
        say('\nStopping …')
        resolve(undefined)
      })
    }
  })
  return { requested }
}

async function stopInOrder(stack: Stack, say: (line: string) => void) {
  const start = Date.now()
  await stack.stop()
  say(`Stopped in ${seconds(Date.now() - start)}. All data is kept.`)
}
