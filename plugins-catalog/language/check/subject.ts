import type { Catalog } from '../catalog'
import type { LeveledDefault } from '../compile/defaults'
import type { JsonObject } from '../json'
import type { PlacedTask } from './placed-tasks'
import type { Problem } from './problem'

/** What the checks look at: the flow as written, which may be wrong anywhere. */
export type Subject = {
  /** Properties that are `null` left out. */
  flow: JsonObject
  catalog: Catalog
  tasks: PlacedTask[]
  pluginDefaults: LeveledDefault[]
}

export type Check = (subject: Subject) => Problem[]
