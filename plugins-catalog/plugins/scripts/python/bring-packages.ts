import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type CommandSession, privateFilePrefix, type RunContext } from '#language/define-plugin'
import type { CommandProperties } from '../shared/properties'
import { imageOf, type Prepared } from '../shared/run-commands'
import { canBeKept, type Dependencies, dependencyHash, findPython, installDependencies } from './dependencies'

export type PackageWishes = Dependencies & {
  pythonVersion?: string
  dependencyCacheEnabled: boolean
}

const requirements = `${privateFilePrefix}requirements.txt`
const kept = `${privateFilePrefix}kept.tgz`
const installed = `${privateFilePrefix}installed.tgz`
/** In containers: what lies in the working directory would be brought back with it. */
const containerFolder = `/tmp/${privateFilePrefix}packages`

/**
 * What a task does first to have its packages, once installed kept under the hash of what was asked for: on this machine
 * in a folder of it, from containers as an archive of the namespace in the internal storage, since they share no disk.
 */
export async function bringPackages(
  wishes: PackageWishes & CommandProperties,
  session: CommandSession,
  ctx: Pick<RunContext, 'storage' | 'tenantId' | 'log' | 'signal'>,
): Promise<Pick<Prepared, 'first' | 'handOver'>> {
  const { dependencies } = wishes
  if (dependencies.length === 0) return {}
  ctx.log('INFO', `Python packages of this task: ${dependencies.join(', ')}`)
  await writeFile(join(session.hostDir, requirements), `${dependencies.join('\n')}\n`)
  const inWork = (name: string) => `${session.workingDir}/${name}`
  const install = (place: { packages: string; kept?: string; keepAs?: string }) => [
    ...findPython(wishes.pythonVersion),
    ...installDependencies(wishes, { requirements: inWork(requirements), ...place }),
  ]
  const isKept = wishes.dependencyCacheEnabled && canBeKept(wishes)
  const isContainer = session.workingDir !== session.hostDir
  if (!isContainer) {
    const folder = `${session.cacheDir}/python/${ctx.tenantId}/${dependencyHash(wishes, [])}`
    return {
      first: install({ packages: isKept && session.cacheDir ? folder : inWork(`${privateFilePrefix}packages`) }),
    }
  }
  if (!isKept) return { first: install({ packages: containerFolder }) }

  const name = `python/${dependencyHash(wishes, [imageOf(wishes), wishes.pythonVersion ?? ''])}.tgz`
  const archive = await ctx.storage.cache.open(name)
  if (archive !== undefined) {
    ctx.log('DEBUG', 'The packages were kept by an earlier task of this namespace.')
    await pipeline(archive, createWriteStream(join(session.hostDir, kept)), { signal: ctx.signal })
  }
  return {
    first: install({
      packages: containerFolder,
      keepAs: inWork(installed),
      ...(archive !== undefined && { kept: inWork(kept) }),
    }),
    handOver: { [installed]: content => keep(name, content, ctx) },
  }
}

/** A task that has done its work does not fail for what would only have made the next one faster. */
async function keep(name: string, content: Readable, { storage, log }: Pick<RunContext, 'storage' | 'log'>) {
  await storage.cache.put(name, content).catch(error => {
    log('WARN', `The packages could not be kept for later tasks: ${error instanceof Error ? error.message : error}`)
  })
}
