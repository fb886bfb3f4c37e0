import { z } from 'zod'
import type { Catalog } from '#language/catalog'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { readYaml } from '#language/yaml/read-yaml'

/** What a flow wants of the world, as far as its text says. Each list is sorted, without doubles. */
export type BlueprintNeeds = {
  /** Names of secrets. */
  secrets: string[]
  /** Images of containers. */
  images: string[]
  /** Packages that its scripts install. */
  packages: string[]
  /** Hosts that it calls by HTTP. */
  network: string[]
  /** Other systems that it talks to: PostgreSQL, S3 ... */
  services: string[]
  /** Flows that it calls, as far as their names are plain. */
  flows: string[]
}

const services: readonly [prefix: string, name: string][] = [
  ['jdbc.postgresql.', 'PostgreSQL'],
  ['aws.s3.', 'S3'],
  ['fs.sftp.', 'SFTP'],
  ['fs.local.', 'Folder of the worker'],
  ['redis.', 'Redis'],
  ['ee.kubernetes.', 'Kubernetes'],
  ['ee.aws.', 'AWS Batch'],
  ['ee.gcp.', 'Google Cloud'],
  ['ee.azure.', 'Azure Batch'],
]

const secretCall = /\bsecret\(\s*(?:key\s*=\s*)?(['"])([^'"]+)\1/g
const address = /\bhttps?:\/\/([a-zA-Z0-9.-]+)/g
const calls = ['flow.Subflow', 'flow.ForEachItem']

/** Reads what a flow needs out of its text; of a text that is no YAML, what its characters alone tell. */
export function findNeeds(source: string, catalog: Catalog): BlueprintNeeds {
  const { value } = readYaml(source)
  const flow = isJsonObject(value) ? value : {}
  const maps = typedMaps(flow)
  return {
    secrets: unique(matches(source, secretCall, 2)),
    images: unique(maps.flatMap(map => imageOf(map, catalog))),
    packages: unique(maps.flatMap(({ dependencies }) => textsOf(dependencies))),
    network: unique(textsIn(flow).flatMap(text => matches(text, address, 1))),
    services: unique(maps.flatMap(serviceOf)),
    flows: unique(
      maps.flatMap(map => (calls.some(call => shortType(map) === `core.${call}`) ? flowOf(map, flow) : [])),
    ),
  }
}

/** The types of plugins that a flow names, each once, in the order of the text. */
export function findTypes(source: string): string[] {
  const { value } = readYaml(source)
  return [...new Set(typedMaps(isJsonObject(value) ? value : {}).map(({ type }) => String(type)))].filter(type =>
    type.startsWith('io.kestra.'),
  )
}

/** The image of code that runs in a container; a Process needs none. */
function imageOf(map: JsonObject, catalog: Catalog): string[] {
  const image = catalog.find(String(map.type))?.properties.shape.containerImage
  const runner = isJsonObject(map.taskRunner) ? map.taskRunner.type : undefined
  if (image === undefined || runner === 'io.kestra.plugin.core.runner.Process') return []
  if (typeof map.containerImage === 'string') return [map.containerImage]
  const byDefault = z.safeParse(image, undefined).data
  return typeof byDefault === 'string' ? [byDefault] : []
}

function serviceOf(map: JsonObject): string[] {
  const type = shortType(map)
  return services.filter(([prefix]) => type.startsWith(prefix)).map(([, name]) => name)
}

function flowOf({ namespace, flowId }: JsonObject, flow: JsonObject): string[] {
  if (typeof flowId !== 'string' || flowId.includes('{{')) return []
  const isOwn = typeof namespace !== 'string' || namespace.includes('{{')
  return [`${isOwn ? String(flow.namespace) : namespace}.${flowId}`]
}

function shortType(map: JsonObject): string {
  return String(map.type).replace('io.kestra.plugin.', '')
}

function typedMaps(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(typedMaps)
  if (!isJsonObject(value)) return []
  return [...(typeof value.type === 'string' ? [value] : []), ...Object.values(value).flatMap(typedMaps)]
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : []
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

function matches(text: string, pattern: RegExp, group: number): string[] {
  return [...text.matchAll(pattern)].map(match => match[group] ?? '')
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort()
}
