import { parseArgs } from 'node:util'
import { createDatabase, databaseUrl } from './client'
import { resetSecondFactor, SecondFactorError } from './reset-second-factor'

/** `npm run user:reset-second-factor -- --email <address>`: for the operator of an installation. */
async function run(args: string[]): Promise<string> {
  const { email } = parseArgs({ args, options: { email: { type: 'string' } } }).values
  if (email === undefined) throw new SecondFactorError('Usage: npm run user:reset-second-factor -- --email <address>.')
  const db = createDatabase(databaseUrl(), { maxConnections: 1 })
  try {
    const tenants = await resetSecondFactor(db, email)
    return `${email} signs in by the password alone now; all sessions have ended. Noted in the audit log of ${tenants.join(', ') || 'no tenant'}.`
  } finally {
    await db.$disconnect()
  }
}

try {
  console.log(await run(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof SecondFactorError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
