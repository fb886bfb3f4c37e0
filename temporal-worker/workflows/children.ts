import type { TaskRun } from './task-run'

/** Runs below one holder, in the order in which they came. */
export class Children {
  readonly all = new Set<TaskRun>()
  readonly #byIteration = new Map<number, TaskRun[]>()

  add(run: TaskRun): void {
    this.all.add(run)
    if (run.placedAt === undefined) return
    this.#byIteration.set(run.placedAt, [...this.ofIteration(run.placedAt), run])
  }

  delete(run: TaskRun): void {
    this.all.delete(run)
    if (run.placedAt === undefined) return
    const others = this.ofIteration(run.placedAt).filter(other => other !== run)
    if (others.length === 0) this.#byIteration.delete(run.placedAt)
    else this.#byIteration.set(run.placedAt, others)
  }

  ofIteration(iteration: number): readonly TaskRun[] {
    return this.#byIteration.get(iteration) ?? []
  }
}
