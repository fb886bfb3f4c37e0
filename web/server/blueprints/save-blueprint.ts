import type { Transaction } from '#db/tenant-db'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import type { BlueprintRecord, BlueprintText } from './blueprint'
import { checkBlueprint } from './check-blueprint'
import { getBlueprint, latestOf, noSuchBlueprint } from './get-blueprint'

/** A blueprint of the tenant's own, in its first version. */
export async function createBlueprint(scope: Scope, text: BlueprintText): Promise<BlueprintRecord> {
  checkBlueprint(text)
  const { db, tenantId } = scope
  const savedBy = await nameOf(scope)
  const id = await db
    .transact(async tx => {
      const { id } = await tx.blueprint.create({ data: { tenantId, title: text.title }, select: { id: true } })
      await insertVersion(tx, { tenantId, id, version: 1, savedBy }, text)
      return id
    })
    .catch(explainTaken)
  return getBlueprint(scope, { id })
}

/** Saves a new version; the older ones stay. `expectedVersion`: refused where somebody has saved one since. */
export async function updateBlueprint(
  scope: Scope,
  { id, expectedVersion, ...text }: BlueprintText & { id: string; expectedVersion?: number | undefined },
): Promise<BlueprintRecord> {
  checkBlueprint(text)
  const latest = await latestOf(scope, id)
  const { db, tenantId } = scope
  const savedBy = await nameOf(scope)
  await db
    .transact(async tx => {
      // Who comes second finds the version moved on, and changes nothing.
      const { count } = await tx.blueprint.updateMany({
        where: { tenantId, id, version: expectedVersion ?? latest },
        data: { title: text.title, version: { increment: 1 }, updatedAt: new Date() },
      })
      if (count === 0) throw changedMeanwhile()
      await insertVersion(tx, { tenantId, id, version: (expectedVersion ?? latest) + 1, savedBy }, text)
    })
    .catch(explainTaken)
  return getBlueprint(scope, { id })
}

/** With all its versions; flows that were made of it stay. */
export async function deleteBlueprint({ db, tenantId }: Scope, id: string): Promise<{ id: string }> {
  const { count } = await db.blueprint.deleteMany({ where: { tenantId, id } })
  if (count === 0) throw noSuchBlueprint(id)
  return { id }
}

type Place = { tenantId: string; id: string; version: number; savedBy: string }

async function insertVersion(tx: Transaction, { id, ...place }: Place, text: BlueprintText): Promise<void> {
  const { templateArguments, ...rest } = text
  await tx.blueprintVersion.create({
    data: { ...place, blueprintId: id, ...rest, arguments: templateArguments as never },
  })
}

/** As pages show who saved a version. */
async function nameOf({ wholeDb, userId }: Scope): Promise<string> {
  const user = await wholeDb.user.findUnique({ where: { id: userId }, select: { name: true, email: true } })
  return user?.name || user?.email || ''
}

function changedMeanwhile(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody has saved this blueprint meanwhile: load it again, and save your change anew',
  )
}

function explainTaken(error: unknown): never {
  if (!isTaken(error)) throw error
  const message = 'There is a blueprint of this title already: choose another'
  throw new AppError('CONFLICT', message, [{ message, path: 'title', code: 'TAKEN' }])
}
