import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#db/migrate'
import { schemaDiff } from '#db/schema-diff'
import { root } from './build'
import { startPostgres } from './postgres'

/** `npm run db:diff -- <name>`: what schema.prisma asks for beyond the migrations, as a new migration. */
const [name] = process.argv.slice(2)
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: npm run db:diff -- <name of a-z, 0-9 and _>')
  process.exit(1)
}

const sql = await diffFromMigrations()
if (sql === '') {
  console.log('The migrations already make what schema.prisma describes.')
  process.exit(0)
}
const folder = join(root, 'prisma/migrations')
const number = String((await readdir(folder)).length + 1).padStart(4, '0')
const file = join(folder, `${number}_${name}`, 'migration.sql')
await mkdir(join(file, '..'), { recursive: true })
await writeFile(file, sql)
console.log(`Wrote ${file}: read it, and call secure_tenant_table() for each new table with a tenant_id.`)
process.exit(0)

async function diffFromMigrations(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'millrace-diff-'))
  await chmod(dir, 0o755)
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), log: () => {}, isThrowaway: true })
  try {
    await migrate(postgres.url)
    return await schemaDiff(postgres.url)
  } finally {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
