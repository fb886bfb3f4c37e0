import type { TaskRunRow } from '#db/record-execution'
import { isJsonObject, type JsonObject } from '#language/json'
import type { Step } from '#language/plan'

/** What the tasks of a WorkingDirectory see, one after another: the variables of their holder, and what those before gave. */
export class WorkingDirectoryScope {
  readonly #holder: JsonObject
  readonly #outputPath: readonly string[]
  #outputs: JsonObject

  /** `outputPath`: the values of the loops around, under which outputs lie for who reads them in there. */
  constructor(holder: JsonObject, outputPath: readonly string[]) {
    this.#holder = holder
    this.#outputPath = outputPath
    this.#outputs = isJsonObject(holder.outputs) ? holder.outputs : {}
  }

  /** Of the holder itself, for what is decided about a task before it has a run. */
  get own(): JsonObject {
    return { ...this.#holder, outputs: this.#outputs }
  }

  /** As in Kestra, a task has the value of its holder, and sees the holder's own run as `workerTaskrun`. */
  of(step: Step, row: TaskRunRow): JsonObject {
    const holder = isJsonObject(this.#holder.taskrun) ? this.#holder.taskrun : {}
    return {
      ...this.own,
      task: { id: step.id, type: step.type },
      taskrun: {
        id: row.id,
        startDate: row.startDate,
        attemptsCount: row.attempts.length,
        ...(holder.id === undefined ? {} : { parentId: holder.id }),
        ...(holder.value === undefined ? {} : { value: holder.value }),
      },
      workerTaskrun: holder,
    }
  }

  add(taskId: string, outputs: JsonObject): void {
    const nested = this.#outputPath.reduceRight<JsonObject>((inner, value) => ({ [value]: inner }), outputs)
    this.#outputs = { ...this.#outputs, [taskId]: nested }
  }
}
