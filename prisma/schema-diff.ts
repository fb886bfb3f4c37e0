import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

const schemaPath = join(import.meta.dirname, 'schema.prisma')

/** The SQL that brings the database at `url` to `schema.prisma`; empty when it is there already. */
export async function schemaDiff(url: string): Promise<string> {
  const file = { path: 'schema.prisma', content: await readFile(schemaPath, 'utf8') }
  const engine = await loadEngine(url, file.content)
  const from: DiffTarget = { tag: 'schemaDatasource', files: [file], configDir: import.meta.dirname }
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [file] }
  const filters = { externalTables: ['public.millrace_migration'], externalEnums: [] }
  const result = await engine.diff({ from, to, script: true, exitCode: null, filters })
  const sql = result.stdout ?? ''
  return sql.includes('This is an empty migration') ? '' : sql
}

async function loadEngine(url: string, schema: string): Promise<SchemaEngine> {
  glue ??= instantiate()
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogPg(url))
  return (await glue).SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
}

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

/** Once per process: the glue keeps views on the memory of one instance. */
let glue: Promise<Glue> | undefined

/** Prisma's own engine for schemas, as WebAssembly: Node has no `import` of `.wasm`, so it is put together here. */
async function instantiate(): Promise<Glue> {
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'))
  const loaded: Glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const imports = loaded as unknown as WebAssembly.ModuleImports
  const module = await WebAssembly.compile(await readFile(join(folder, 'schema_engine_bg.wasm')))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': imports })
  const { __wbg_set_wasm: setWasm } = loaded as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }
  setWasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports as { __wbindgen_start(): void }
  start()
  return loaded
}

/** Postgres's own catalog has columns of the one-byte type "char" (OID 18), which Prisma's adapter can't read. */
class CatalogPg extends PrismaPg {
  constructor(url: string) {
    super(poolForCatalog(url), { disposeExternalPool: true })
  }

  override async connect() {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async query => {
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type, index) =>
        result.columnNames[index]?.startsWith(charMark) ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes, columnNames: result.columnNames.map(name => name.replace(charMark, '')) }
    }
    return adapter
  }
}

const charOid = 18
const textOid = 25
const charMark = 'char:'

/** Calls such columns text, and marks them in their names. */
function poolForCatalog(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url })
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>
  const readableQuery = async (config: pg.QueryArrayConfig) => {
    const result = await query(config)
    for (const field of result.fields) {
      if (field.dataTypeID === charOid) Object.assign(field, { dataTypeID: textOid, name: charMark + field.name })
    }
    return result
  }
  return Object.assign(pool, { query: readableQuery })
}
