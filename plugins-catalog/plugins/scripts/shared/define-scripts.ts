import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'
import {
  commandOutputs,
  commandProperties,
  commandsProperty,
  defaultInterpreter,
  renderedLate,
  scriptProperty,
} from './properties'

export type ScriptLanguage<Extra extends z.ZodRawShape> = {
  /** Of the type: `io.kestra.plugin.scripts.<id>.Script`. */
  id: string
  /** Other ids under which flows know it. */
  formerIds?: string[]
  /** As people write it: `Python`. */
  title: string
  image: string
  interpreter?: string[]
  /** Properties that only this language has. */
  properties?: Extra
  /** Properties that only its `Script` has. */
  scriptOnly?: z.ZodRawShape
  /** YAML of one task each, without its dash. */
  examples: { script: string; commands: string }
}

/** Declares the two tasks of a language: `Script` takes code, `Commands` takes command lines. */
export function defineScripts<Extra extends z.ZodRawShape = Record<never, never>>(language: ScriptLanguage<Extra>) {
  const shared = {
    ...commandProperties,
    ...(language.properties ?? ({} as Extra)),
    interpreter: commandProperties.interpreter.default(language.interpreter ?? defaultInterpreter),
    containerImage: text().meta({ description: 'Image of the container.' }).default(language.image),
  }
  const types = (name: string) =>
    [language.id, ...(language.formerIds ?? [])].map(id => `io.kestra.plugin.scripts.${id}.${name}`)
  const [scriptType, ...scriptAliases] = types('Script') as [string, ...string[]]
  const [commandsType, ...commandsAliases] = types('Commands') as [string, ...string[]]
  return {
    script: definePlugin({
      type: scriptType,
      aliases: scriptAliases,
      kind: 'task',
      step: 'activity',
      title: `Run a ${language.title} script`,
      properties: z.object({ ...shared, ...(language.scriptOnly ?? {}), script: scriptProperty }),
      outputs: commandOutputs,
      renderLater: ['script', ...renderedLate],
      examples: [{ title: `A script in ${language.title}`, yaml: exampleFlow(language.id, language.examples.script) }],
    }),
    commands: definePlugin({
      type: commandsType,
      aliases: commandsAliases,
      kind: 'task',
      step: 'activity',
      title: `Run commands with ${language.title}`,
      properties: z.object({ ...shared, commands: commandsProperty }),
      outputs: commandOutputs,
      renderLater: ['commands', ...renderedLate],
      examples: [
        { title: `Commands with ${language.title}`, yaml: exampleFlow(language.id, language.examples.commands) },
      ],
    }),
  }
}

function exampleFlow(id: string, task: string): string {
  const [first = '', ...rest] = task.trimEnd().split('\n')
  const lines = [`  - ${first}`, ...rest.map(line => (line === '' ? '' : `    ${line}`))]
  return `id: ${id}_example\nnamespace: company.team\ntasks:\n${lines.join('\n')}\n`
}
