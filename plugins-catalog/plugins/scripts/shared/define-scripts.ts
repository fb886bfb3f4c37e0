import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, duration, map, plugin, text } from '#language/fields'
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

/** What both triggers of a language say beside what they run. */
const triggerProperties = {
  taskRunner: plugin('taskRunner').optional(),
  interval: duration().default('PT60S').meta({ description: 'From one run to the next.' }),
  exitCondition: text().meta({
    description:
      'Starts the flow where it holds: `exit 1` compares the exit code; any other text is a regular expression, looked for in what the code wrote as `::{"outputs": {...}}::`.',
  }),
  edge: bool().default(true).meta({ description: 'Only where it did not hold in the run before.' }),
}

const triggerOutputs = z.object({
  timestamp: z.string().meta({ description: 'When the code ended.' }),
  condition: z.string().meta({ description: 'The exitCondition.' }),
  exitCode: z.number().int(),
  vars: map(z.json()).meta({ description: 'What the code wrote as `::{"outputs": {...}}::`.' }),
})

/**
 * Declares the two tasks of a language, `Script` takes code, `Commands` takes command lines; and the two triggers that run
 * the same from time to time.
 */
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
  const [scriptTriggerType, ...scriptTriggerAliases] = types('ScriptTrigger') as [string, ...string[]]
  const [commandsTriggerType, ...commandsTriggerAliases] = types('CommandsTrigger') as [string, ...string[]]
  const trigger = { ...triggerProperties, containerImage: shared.containerImage }
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
    scriptTrigger: definePlugin({
      type: scriptTriggerType,
      aliases: scriptTriggerAliases,
      kind: 'trigger',
      starts: 'polling',
      title: `Start by what a ${language.title} script finds`,
      description: 'Runs the script at each interval and starts the flow where its exit code or outputs are as wished.',
      properties: z.object({ ...trigger, script: scriptProperty }),
      outputs: triggerOutputs,
      renderLater: ['script'],
      examples: [{ title: 'When it fails', yaml: exampleTrigger(language.id, 'ScriptTrigger', 'script: "exit 1"') }],
    }),
    commandsTrigger: definePlugin({
      type: commandsTriggerType,
      aliases: commandsTriggerAliases,
      kind: 'trigger',
      starts: 'polling',
      title: `Start by what commands with ${language.title} find`,
      description:
        'Runs the commands at each interval and starts the flow where their exit code or outputs are as wished.',
      properties: z.object({ ...trigger, commands: commandsProperty }),
      outputs: triggerOutputs,
      renderLater: ['commands'],
      examples: [
        { title: 'When they fail', yaml: exampleTrigger(language.id, 'CommandsTrigger', 'commands: ["exit 1"]') },
      ],
    }),
  }
}

function exampleFlow(id: string, task: string): string {
  const [first = '', ...rest] = task.trimEnd().split('\n')
  const lines = [`  - ${first}`, ...rest.map(line => (line === '' ? '' : `    ${line}`))]
  return `id: ${id}_example\nnamespace: company.team\ntasks:\n${lines.join('\n')}\n`
}

function exampleTrigger(id: string, name: string, code: string): string {
  return `id: ${id}_trigger_example
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "Exit code {{ trigger.exitCode }}, outputs {{ trigger.vars }}"
triggers:
  - id: look
    type: io.kestra.plugin.scripts.${id}.${name}
    interval: PT1M
    exitCondition: exit 1
    ${code}
`
}
