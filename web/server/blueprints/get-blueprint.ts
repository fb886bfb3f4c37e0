import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { BlueprintRecord, BlueprintVersion } from './blueprint'
import { shippedBlueprints, toOwnRecord, toShippedRecord } from './to-blueprint'

/** One of Millrace's by its slug, or the tenant's own by its id; of the latter the newest version unless one is named. */
export async function getBlueprint(
  scope: Scope,
  { id, version }: { id: string; version?: number | undefined },
): Promise<BlueprintRecord> {
  const shipped = shippedBlueprints().get(id)
  if (shipped !== undefined) return toShippedRecord(shipped)
  const latestVersion = await latestOf(scope, id)
  const { db, tenantId } = scope
  const row = await db.blueprintVersion.findUnique({
    where: {
      tenantId_blueprintId_version: { tenantId, blueprintId: id, version: version ?? latestVersion },
    },
  })
  if (row === null) throw new AppError('NOT_FOUND', `The blueprint has no version ${version}`)
  return toOwnRecord(row, latestVersion)
}

/** Newest first; of one of Millrace's there are none. */
export async function listBlueprintVersions(scope: Scope, id: string): Promise<BlueprintVersion[]> {
  await latestOf(scope, id)
  const { db, tenantId } = scope
  const rows = await db.blueprintVersion.findMany({
    where: { tenantId, blueprintId: id },
    select: { version: true, title: true, savedBy: true, savedAt: true },
    orderBy: { version: 'desc' },
  })
  return rows.map(({ savedAt, ...row }) => ({ ...row, savedAt: savedAt.toISOString() }))
}

/** The number of the newest version of one's own. */
export async function latestOf({ db, tenantId }: Scope, id: string): Promise<number> {
  const row = z.uuid().safeParse(id).success
    ? await db.blueprint.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { version: true } })
    : null
  if (row === null) throw noSuchBlueprint(id)
  return row.version
}

export function noSuchBlueprint(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no blueprint ${id}`)
}
