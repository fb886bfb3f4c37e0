import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { withDatabase } from '../test/harness/global-services'
import { migrate } from './migrate'
import { createLogPartitions } from './partitions'
import { schemaDiff } from './schema-diff'
import { tenantDb } from './tenant-db'

let fresh: FreshDatabase
let owner: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.url })
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await fresh.drop()
})

/** Tables that hold tenants' rows and that row-level security does not guard entirely. */
async function unguarded(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname = 'public'
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'
          and p.polqual is not null and p.polwithcheck is not null))
    order by 1`)
  return rows.map(row => row.name)
}

describe('each table with a tenant_id', () => {
  test('has row-level security, forced, with a policy that also checks what is written', async () => {
    expect(await unguarded()).toEqual([])
  })

  test('or is found', async () => {
    await owner.query('create table forgotten (tenant_id uuid)')
    expect(await unguarded()).toEqual(['forgotten'])
    await owner.query('drop table forgotten')
  })

  test('has no partition or view that the application could read around its policy', async () => {
    const { rows } = await owner.query(`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where (n.nspname = 'log_partitions' and (not c.relrowsecurity and c.relkind in ('r', 'p')
          or has_table_privilege('millrace_app', c.oid, 'select') and c.relkind in ('r', 'p')))
        or (n.nspname = 'public' and c.relkind in ('v', 'm'))`)
    expect(rows).toEqual([])
  })
})

describe('migrations', () => {
  test('make what schema.prisma describes', async () => {
    expect(await schemaDiff(fresh.url)).toBe('')
  })

  test('or the difference is seen', async () => {
    await owner.query('alter table kv_entry drop column version')
    expect(await schemaDiff(fresh.url)).toContain('ADD COLUMN     "version"')
    await owner.query('alter table kv_entry add column version int not null default 1')
  })

  test('are applied once, by whoever comes first', async () => {
    await owner.query('create database migrated_at_once')
    const url = withDatabase(inject('postgresUrl'), 'migrated_at_once')
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)])
    expect(applied.filter(names => names.length > 0)).toHaveLength(1)
    expect(await migrate(url)).toEqual([])
    await owner.query('drop database migrated_at_once with (force)')
  })

  test('that changed after they were applied, or that are unknown, are refused', async () => {
    const set = (checksum: string) =>
      owner.query('update millrace_migration set checksum = $1 where name = $2', [checksum, name])
    const name = '0001_tables'
    const { rows } = await owner.query('select checksum from millrace_migration where name = $1', [name])
    await set('another')
    await expect(migrate(fresh.url)).rejects.toThrow('0001_tables was changed')
    await set(rows[0].checksum)
    await owner.query("insert into millrace_migration (name, checksum) values ('9999_newer', '')")
    await expect(migrate(fresh.url)).rejects.toThrow('9999_newer')
    await owner.query("delete from millrace_migration where name = '9999_newer'")
    expect(await migrate(fresh.url)).toEqual([])
  })
})

describe('partitions of the log', () => {
  const line = (timestamp: Date, sequence: number) => ({
    data: {
      tenantId: fresh.tenantId,
      executionId: 'e',
      sequence,
      timestamp,
      namespace: 'team',
      flowId: 'f',
      level: 'INFO',
      message: 'hello',
    },
  })
  const partitionOf = async (sequence: number) => {
    const sql = 'select tableoid::regclass::text as name from log where sequence = $1'
    const { rows } = await owner.query(sql, [sequence])
    return rows.map(row => row.name)
  }
  const dayOf = (date: Date) => `log_partitions.log_${date.toISOString().slice(0, 10).replaceAll('-', '')}`

  test('a line of a day without one is kept, and moves into its own when that is made', async () => {
    const [now, longAgo] = [new Date(), new Date('2001-02-03T04:05:06Z')]
    const own = tenantDb(fresh.tenantId)
    await own.log.create(line(now, 1))
    await own.log.create(line(longAgo, 2))
    expect(await partitionOf(1)).toEqual(['log_partitions.log_other'])
    expect(await createLogPartitions()).toBe(9)
    expect(await createLogPartitions()).toBe(0)
    expect(await partitionOf(1)).toEqual([dayOf(now)])
    expect(await partitionOf(2)).toEqual(['log_partitions.log_other'])
    await own.log.create(line(now, 3))
    expect(await partitionOf(3)).toEqual([dayOf(now)])
    expect(await own.log.count()).toBe(3)
    expect(await tenantDb(fresh.otherTenantId).log.count()).toBe(0)
  })

  test('the same line twice is one line', async () => {
    const own = tenantDb(fresh.tenantId)
    const { data } = line(new Date(), 7)
    await own.log.createMany({ data: [data], skipDuplicates: true })
    await own.log.createMany({ data: [data], skipDuplicates: true })
    expect(await own.log.count({ where: { sequence: 7 } })).toBe(1)
  })
})
