import type { Catalog } from '../catalog'
import type { Retry, WorkerChoice } from '../plan'
import type { LeveledDefault } from './defaults'

export type Path = (string | number)[]

/** What compiling a task needs to know of its surroundings. */
export type CompileContext = {
  catalog: Catalog
  /** Weakest first. */
  defaults: LeveledDefault[]
  /** The policy of the nearest holder that has one. */
  retry: Retry | undefined
  /** The flow's. */
  workers: WorkerChoice | undefined
  lineOf(path: Path): number
}
