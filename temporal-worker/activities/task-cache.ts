/** Outputs of tasks with `taskCache`, kept from one execution to the next. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ExecutionRef } from '#db/record-execution'
import type { Storage } from '#db/storage'
import { parseStorageUri, taskCacheFolder, taskRunFolder, toStorageUri } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import { ExpressionError } from '#language/expressions/types'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { readJson } from './outputs'
import type { OpenContext } from './task-context'

export type TaskCache = {
  /** The outputs kept for the same task with the same rendered properties; undefined where it has to run. */
  find(): Promise<JsonObject | undefined>
  save(outputs: JsonObject): Promise<void>
}

type Options = {
  storage: Storage
  execution: ExecutionRef
  step: StepOf<'activity'>
  taskRunId: string
  /** Of the task run, where a loop gives it one. */
  value: string | null
}

const Entry = z.object({ savedAt: z.number(), folder: z.string(), outputs: z.custom<JsonObject>(isJsonObject) })

/**
 * An entry is one file, written whole: of two task runs that save at once, the later wins. Its outputs may name files
 * of the execution that made them. They are copied for whoever finds the entry; once one is gone, so is the entry.
 */
export async function openTaskCache(options: Options, opened: OpenContext): Promise<TaskCache | undefined> {
  const key = await keyOf(options, opened)
  if (key === undefined) return undefined
  const { storage, execution, step, taskRunId } = options
  const { tenantId } = execution
  const path = `${taskCacheFolder({ ...execution, taskId: step.id })}/${key}/outputs.json`
  const folder = taskRunFolder({ ...execution, taskId: step.id, taskRunId })
  return {
    async find() {
      const entry = await readEntry(storage, tenantId, path)
      if (entry === undefined) return undefined
      const { ttlMs } = step.cache ?? {}
      if (ttlMs !== undefined && entry.savedAt + ttlMs <= Date.now()) {
        await storage.delete(tenantId, path)
        return undefined
      }
      return takeOver({ storage, tenantId, from: entry.folder, to: folder }, entry.outputs)
    },
    async save(outputs) {
      await storage.put(tenantId, path, JSON.stringify({ savedAt: Date.now(), folder, outputs }))
    },
  }
}

/** Undefined where the properties can't be rendered ahead: then the task itself says what is wrong with them. */
async function keyOf({ execution, step, value }: Options, opened: OpenContext): Promise<string | undefined> {
  const { namespace, flowId } = execution
  try {
    // Known only inside the task, and no part of what it is told to do.
    const scope = { ...opened.scope, workingDir: 'workingDir', outputDir: 'outputDir' }
    const properties = await opened.renderer(step.properties, scope)
    const text = JSON.stringify([namespace, flowId, step.id, step.type, value, properties])
    return createHash('sha256').update(text).digest('hex')
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof TaskError) return undefined
    throw error
  }
}

async function readEntry(storage: Storage, tenantId: string, path: string) {
  if (!(await storage.exists(tenantId, path))) return undefined
  const entry = Entry.safeParse(await readJson(storage, tenantId, path))
  return entry.success ? entry.data : undefined
}

type Move = { storage: Storage; tenantId: string; from: string; to: string }

/** Outputs with the files of the task run that made them copied; undefined where a file they name is gone. */
async function takeOver(move: Move, outputs: JsonObject): Promise<JsonObject | undefined> {
  const { storage, tenantId, from, to } = move
  const uris = new Map<string, string>()
  for (const uri of new Set(storageUris(outputs))) {
    const path = parseStorageUri(uri)!
    if (!(await storage.exists(tenantId, path))) return undefined
    if (!path.startsWith(`${from}/`)) continue
    const copy = `${to}/${path.slice(from.length + 1)}`
    await storage.put(tenantId, copy, await storage.open(tenantId, path))
    uris.set(uri, toStorageUri(copy))
  }
  return replaceTexts(outputs, uris) as JsonObject
}

function storageUris(value: Json): string[] {
  if (typeof value === 'string') return parseStorageUri(value) === null ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(storageUris)
  return isJsonObject(value) ? Object.values(value).flatMap(storageUris) : []
}

function replaceTexts(value: Json, texts: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return texts.get(value) ?? value
  if (Array.isArray(value)) return value.map(item => replaceTexts(item, texts))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, replaceTexts(child, texts)]))
}
