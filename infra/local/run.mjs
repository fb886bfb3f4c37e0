/**
 * Runs a TypeScript program of ours on a fresh clone: `node infra/local/run.mjs <file> [arguments]`.
 * Plain Node without dependencies, since it installs them; in one process with the program, so that a signal to npm
 * reaches it.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const at = (...parts) => join(root, ...parts)

process.chdir(root)
requireNode([20, 20])
install()
generate()
const [program] = process.argv.splice(2, 1)
const { register } = await import(pathToFileURL(at('node_modules/tsx/dist/esm/api/index.mjs')).href)
register()
await import(pathToFileURL(at(program)).href)

function requireNode([major, minor]) {
  const [ours, oursMinor] = process.versions.node.split('.').map(Number)
  if (ours > major || (ours === major && oursMinor >= minor)) return
  fail(`Millrace needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`)
}

/** `npm ci` where node_modules is absent or was made from another lock file. */
function install() {
  const lock = hashOf('package-lock.json')
  const stamp = at('node_modules/.millrace-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const made = statSync(at('node_modules/.package-lock.json'), { throwIfNoEntry: false })
  const isCurrent = made && made.mtimeMs >= statSync(at('package-lock.json')).mtimeMs
  if (!isCurrent) run('Packages', 'installing', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** Prisma's client is made from the schema; the engine it would download is not needed for that. */
function generate() {
  const wanted = hashOf('prisma/schema.prisma', 'node_modules/prisma/package.json')
  const stamp = at('.millrace/cache/prisma-client')
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isCurrent && existsSync(at('prisma/generated/client.ts'))) return
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
  const args = [at('node_modules/prisma/build/index.js'), 'generate', '--schema', at('prisma/schema.prisma')]
  run('Prisma client', 'generating', process.execPath, args, env)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

function hashOf(...files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(at(file)))
  return hash.digest('hex')
}

function run(name, verb, command, args, env = {}) {
  const start = Date.now()
  console.log(`… ${name}: ${verb}`)
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { ...env, ...process.env } })
  if (result.status !== 0) {
    fail(`${name}: ${command} ${args[0]} failed.\n${result.error?.message ?? ''}${result.stdout}${result.stderr}`)
  }
  console.log(`✓ ${name.padEnd(16)} ${((Date.now() - start) / 1000).toFixed(1)} s`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
