import type { Catalog } from '../catalog'
import type { PluginDefault } from '../flow'
import type { Retry } from '../plan'

export type Path = (string | number)[]

/** What compiling a task needs to know of its surroundings. */
export type CompileContext = {
  catalog: Catalog
  /** Weakest first. */
  defaults: PluginDefault[]
  /** The policy of the nearest holder that has one. */
  retry: Retry | undefined
  lineOf(path: Path): number
}
