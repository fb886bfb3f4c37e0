import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** `npm test`, or `npm run check` with the argument `check`: all parts, one sum, and what was left out. */

type Result = { passed: number; failed: number; leftOut: string[] }

const root = resolve(import.meta.dirname, '..')
const reportDir = join(root, '.millrace/test-reports')
const rooms = ['plugins-catalog', 'temporal-worker', 'web', 'prisma', 'infra', 'test']
const isEverythingRequired = process.env.REQUIRE_ALL === '1'

const checks: Record<string, string[]> = {
  Types: ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit'],
  'Format and lint': ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'],
  'Import rules': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...rooms],
  ],
}

function runCheck(name: string, args: string[]): Result {
  const { status } = run(name, args)
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, leftOut: [] }
}

function runTests(name: string, projects: string[]): Result {
  const file = join(reportDir, `${projects.join('-')}.json`)
  rmSync(file, { force: true })
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', '--reporter=default', '--reporter=json']
  args.push(`--outputFile.json=${file}`, ...projects.flatMap(project => ['--project', project]))
  const { status } = run(name, args)
  return readReport(name, file, status === 0)
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

function readReport(name: string, file: string, isClean: boolean): Result {
  const report = parseReport(file)
  if (!report) return { passed: 0, failed: 1, leftOut: [] }
  const { numPassedTests: passed, numFailedTests } = report
  // A file that does not load has no test that failed.
  const broken = report.testResults.filter(
    result => result.status === 'failed' && !result.assertionResults.some(test => test.status === 'failed'),
  ).length
  const failed = numFailedTests + broken
  const leftOut = report.testResults.flatMap(result =>
    result.assertionResults
      .filter(test => test.status !== 'passed' && test.status !== 'failed')
      .map(test => `${name}: ${test.fullName}`),
  )
  return { passed, failed: failed === 0 && !isClean ? 1 : failed, leftOut }
}

function parseReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}

function run(name: string, args: string[]): { status: number | null } {
  console.log(`\n== ${name}`)
  const start = Date.now()
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - start) / 1000).toFixed(1)} s`)
  return { status }
}

mkdirSync(reportDir, { recursive: true })
const results = Object.entries(checks).map(([name, args]) => runCheck(name, args))
if (process.argv[2] !== 'check') {
  results.push(runTests('Unit and services', ['unit', 'services']))
  results.push(runTests('End to end', ['e2e']))
}

const leftOut = results.flatMap(result => result.leftOut)
if (leftOut.length > 0) console.log(`\nLeft out:\n${leftOut.map(line => `  ${line}`).join('\n')}`)
if (leftOut.length > 0 && isEverythingRequired) console.log('REQUIRE_ALL=1: what was left out counts as failed.')
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, isEverythingRequired ? leftOut.length : 0)
console.log(`\n${passed} passed, ${failed} failed${isEverythingRequired ? '' : `, ${leftOut.length} skipped`}`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
