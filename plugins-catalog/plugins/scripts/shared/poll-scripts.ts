import { RE2JS } from 're2js'
import type { z } from 'zod'
import { type PluginContext, type Polling, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { commandOutputs } from './properties'
import type { ScriptProperties } from './run-scripts'

/** As the plugins of the triggers say them. */
type TriggerProperties = {
  containerImage: string
  taskRunner?: unknown
  exitCondition: string
  edge: boolean
  script?: string
  commands?: string | string[]
}

type Schemas = { script: { properties: z.ZodObject }; commands: { properties: z.ZodObject } }
type Ended = { exitCode: number; vars: { [name: string]: Json } }

const Outputs = commandOutputs.pick({ exitCode: true, vars: true })

/** The polling of both triggers of a language, by what runs its tasks; their other properties are as by default. */
export function pollScripts<Properties extends ScriptProperties>(
  run: (ctx: PluginContext, properties: Properties) => Promise<{ [name: string]: Json }>,
  schemas: Schemas,
) {
  const polling: Polling = {
    async poll(ctx, given) {
      const { exitCondition, edge, containerImage, taskRunner, script, commands } = given as TriggerProperties
      const code = script === undefined ? { commands } : { script }
      const { properties } = script === undefined ? schemas.commands : schemas.script
      const ended = await runToEnd(() =>
        run(ctx, properties.parse({ containerImage, taskRunner, ...code }) as Properties),
      )
      const holds = conditionHolds(exitCondition, ended)
      const isNew = holds && !(edge && ctx.memory.held === true)
      const memory = { held: holds }
      if (!isNew) return { memory }
      return { memory, variables: { timestamp: new Date().toISOString(), condition: exitCondition, ...ended } }
    },
  }
  return polling
}

/** Code that fails has ended, too; one that could not be run has not. */
async function runToEnd(run: () => Promise<{ [name: string]: Json }>): Promise<Ended> {
  try {
    return Outputs.parse(await run())
  } catch (error) {
    const ended = error instanceof TaskError ? Outputs.safeParse(error.outputs) : undefined
    if (ended?.success !== true) throw error
    return ended.data
  }
}

/** What is no regular expression is looked for as it is, as in Kestra. */
export function conditionHolds(condition: string, { exitCode, vars }: Ended): boolean {
  const code = /^\s*exit\s+(\d+)\s*$/i.exec(condition)?.[1]
  if (code !== undefined) return exitCode === Number(code)
  if (condition.trim() === '') return false
  const texts = [JSON.stringify(vars), ...Object.entries(vars).map(([name, value]) => `${name}=${textOf(value)}`)]
  const pattern = compiled(condition)
  return texts.some(text => pattern?.matcher(text).find() ?? text.includes(condition))
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function compiled(condition: string): RE2JS | undefined {
  try {
    return RE2JS.compile(condition)
  } catch {
    return undefined
  }
}
