import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { EnvError } from '../env'
import { root } from './build'
import { isPortTaken } from './free-port'
import { lockFolder } from './lock'
import { createProgress, seconds } from './progress'
import { readSettings, type Settings } from './settings'
import { type Stack, startStack } from './stack'

/** The supervisor behind `npm start` and `npm run dev`; called by main.mjs once everything is installed. */
export async function main(options: { startedAt: number }): Promise<void> {
  try {
    const settings = readConfiguration()
    const unlock = lockFolder(settings.dataDir, settings.address)
    await refuseTakenPort(settings, unlock)
    await run(settings, unlock, options.startedAt)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

function readConfiguration(): Settings {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  try {
    return readSettings(root, process.argv.slice(2))
  } catch (error) {
    if (error instanceof EnvError) throw new Error(error.message)
    throw error
  }
}

async function refuseTakenPort({ port }: Settings, unlock: () => void) {
  if (!(await isPortTaken(port))) return
  unlock()
  throw new Error(`Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}`)
}

async function run(settings: Settings, unlock: () => void, startedAt: number) {
  const progress = createProgress()
  const stopped = stopOnSignal(progress.say)
  try {
    const stack = await Promise.race([startStack(settings, progress), stopped.requested])
    if (stack) {
      announce(settings, startedAt, progress.say)
      await stopped.requested
      await stopInOrder(stack, progress.say)
    }
  } finally {
    unlock()
  }
  // When it is stopped while starting, the guard ends what was started so far.
  process.exit(0)
}

function announce(settings: Settings, startedAt: number, say: (line: string) => void) {
  const time = seconds(Date.now() - startedAt)
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
