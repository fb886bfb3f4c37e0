import { z } from 'zod'
import { anyObject, bool, content, list, map, object, oneOf, plugin, text } from '#language/fields'

/** A value that is rendered late may still be an expression as a whole when it is first checked. */
function orExpression<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.string()])
}

const namespaceFiles = object({
  enabled: bool().default(true),
  include: list(text()).default([]),
  exclude: list(text()).default([]),
  namespaces: list(text()).optional(),
  ifExists: oneOf(['OVERWRITE', 'FAIL', 'WARN', 'IGNORE']).default('OVERWRITE'),
  folderPerNamespace: bool().default(false),
})

/** What every task that runs users' code may say. */
export const commandProperties = {
  taskRunner: plugin('taskRunner').optional(),
  beforeCommands: orExpression(list(text()))
    .meta({ description: 'Commands run first, in the same shell.' })
    .default([]),
  interpreter: list(text()).meta({
    description: 'Program and arguments; all commands, joined by newlines, are its last argument.',
  }),
  failFast: bool().meta({ description: 'Whether to stop at the first command that fails.' }).default(true),
  inputFiles: orExpression(map(text()))
    .meta({ description: 'Files of the working directory: name to content, or to the URI of a stored file.' })
    .optional(),
  namespaceFiles: namespaceFiles
    .meta({ description: 'Files of the namespace to put into the working directory.' })
    .optional(),
  outputFiles: list(text())
    .meta({ description: 'Names or globs of files to keep; read as `outputs.<task>.outputFiles[name]`.' })
    .default([]),
  env: orExpression(map(text())).meta({ description: 'Environment variables.' }).default({}),
  targetOS: oneOf(['AUTO', 'LINUX', 'WINDOWS']).default('AUTO'),
  outputDirectory: bool().meta({ deprecated: true, instead: '`{{ outputDir }}`, which is always there' }).optional(),
  runner: oneOf(['PROCESS', 'DOCKER']).meta({ deprecated: true, instead: 'taskRunner' }).optional(),
  docker: anyObject().meta({ deprecated: true, instead: 'containerImage and taskRunner' }).optional(),
  warningOnStdErr: bool()
    .meta({ deprecated: true, instead: 'the exit code: what a command writes to stderr changes no state' })
    .optional(),
}

/** Properties rendered by `run`, because they may name `workingDir`, `outputDir` and `outputFiles`. */
export const renderedLate = ['beforeCommands', 'inputFiles', 'env'] as const

export const commandOutputs = z.object({
  vars: map(z.json()).meta({ description: 'What the code wrote as `::{"outputs": {...}}::`.' }),
  exitCode: z.number().int().meta({ description: 'Kept when the task fails.' }),
  outputFiles: map(z.string()).meta({ description: 'Name to URI of each output file.' }),
  taskRunner: map(z.json()).meta({ description: 'What the runner tells of itself.' }),
})

export const scriptProperty = content().meta({ description: 'The code itself.' })
export const commandsProperty = orExpression(
  list(text()).refine(commands => commands.length > 0, 'needs at least one command'),
).meta({ description: 'Commands of the interpreter, run one after the other.' })

export const defaultInterpreter = ['/bin/sh', '-c']

/** The properties of a `Script` or `Commands` task, as `run` gets them. */
export type CommandProperties = z.output<z.ZodObject<typeof commandProperties>> & { containerImage: string }
