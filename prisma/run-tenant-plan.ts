import { createDatabase, databaseUrl } from './client'
import { planNames } from './plans'
import { setTenantPlan, TenantPlanError } from './tenant-plan'

/** `npm run tenant:plan -- <tenant> <plan>`: for the operator of an installation. */
async function run([slug, plan]: string[]): Promise<string> {
  if (slug === undefined || plan === undefined) {
    throw new TenantPlanError(`Usage: npm run tenant:plan -- <tenant> <plan>. Plans are ${planNames.join(', ')}.`)
  }
  const db = createDatabase(databaseUrl(), { maxConnections: 1 })
  try {
    return `${slug} is on ${plan} now, and was on ${await setTenantPlan(db, slug, plan)}.`
  } finally {
    await db.$disconnect()
  }
}

try {
  console.log(await run(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof TenantPlanError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
