import type { RunContext } from '#language/define-plugin'
import type { Json } from '#language/json'
import { renderList } from '../../../scripts/shared/run-commands'
import { writeInside } from '../../../scripts/shared/write-inside'
import { inProject } from '../shared/artifacts'
import { defaultImage } from '../shared/properties'
import { type DbtProperties, runDbt } from '../shared/run-dbt'

type KvEntry = { key: string; namespace: string }

type Properties = Omit<DbtProperties, 'containerImage'> & {
  containerImage?: string
  commands: string | string[]
  engine: 'CORE' | 'FUSION'
  logFormat: 'JSON' | 'TEXT' | 'DEBUG' | 'NONE'
  loadManifest?: KvEntry
}

const images: Record<Properties['engine'], string> = { CORE: defaultImage, FUSION: `${defaultImage}-fusion` }

export default function run(ctx: RunContext, properties: Properties): Promise<{ [name: string]: Json }> {
  const { containerImage = images[properties.engine], loadManifest, projectDir } = properties
  return runDbt(
    ctx,
    { ...properties, containerImage },
    {
      profiles: 'profiles.yml',
      async lines(session, render) {
        const manifest = loadManifest && (await readManifest(loadManifest, ctx))
        if (manifest !== undefined)
          await writeInside(session.hostDir, inProject(projectDir, 'target/manifest.json'), manifest)
        const commands = await renderList(properties.commands, render)
        return commands.map(command => complete(command, properties))
      },
    },
  )
}

/** What a line that calls dbt says of its own accord stays as it is. */
function complete(command: string, { projectDir, logFormat }: Properties): string {
  if (!/^dbt\b/.test(command)) return command
  const wanted: [string, string | undefined][] = [
    ['--project-dir', projectDir],
    ['--log-format', logFormat === 'NONE' ? undefined : logFormat.toLowerCase()],
    ['--log-path', 'logs'],
  ]
  const added = wanted.filter(([option, value]) => value !== undefined && !command.includes(option))
  return [command.trimEnd(), ...added.flat()].join(' ')
}

async function readManifest({ key, namespace }: KvEntry, { kv, log }: RunContext): Promise<string | undefined> {
  const entry = await kv.get(key, namespace)
  if (entry?.value) return typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value)
  log('WARN', `loadManifest: there is no manifest under the key "${key}" of the namespace ${namespace}.`)
  return undefined
}
