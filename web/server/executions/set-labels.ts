import { mergeLabels } from '#language/labels'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { Label } from '../schemas'
import { changeEnded } from './change-execution'
import type { Execution } from './execution'
import { StoredLabels } from './execution-row'
import { getExecution } from './get-execution'
import { nameOfUser } from './user-name'

/**
 * Gives an ended execution other labels, or with `adds` more of them; those of the system stay, and can't be set.
 */
export async function setLabels(
  scope: Scope,
  { id, labels, adds = false }: { id: string; labels: Label[]; adds?: boolean },
): Promise<Execution> {
  const by = await nameOfUser(scope)
  await changeEnded(scope, id, row => {
    const stored = StoredLabels.parse(row.labels)
    const systems = stored.filter(isSystem)
    const foreign = labels.filter(isSystem).find(label => !systems.some(own => isSame(own, label)))
    if (foreign !== undefined) {
      throw new AppError('INVALID', `Labels that start with system. are set by the system: ${foreign.key}`, [
        { message: 'set by the system', path: 'labels', code: 'SYSTEM_LABEL' },
      ])
    }
    return {
      data: { labels: mergeLabels(adds ? stored : [], labels, systems) },
      message: `${by} changed the labels of the execution`,
    }
  })
  return getExecution(scope, id)
}

function isSystem({ key }: Label): boolean {
  return key.startsWith('system.')
}

function isSame(a: Label, b: Label): boolean {
  return a.key === b.key && a.value === b.value
}
