/** A request as a Job and the Secret that it reads: whatever a flow said stands in the Secret, never in the spec. */
import type {
  V1Container,
  V1Job,
  V1PodSpec,
  V1Secret,
  V1SecurityContext,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node'
import { containerName, labelsOf, normalizeLabel } from '../labels'
import { type RunnerRequest, RunnerRequestError } from '../runner'
import type { KubernetesOptions } from './options'
import { filesScript, inputArchive, inputFolder, ioFolder, mainScript, workingDir } from './scripts'
import { serviceAccountName } from './tenant-namespace'

export type JobParts = {
  instance: string
  namespace: string
  /** With busybox in it. */
  filesImage: string
  request: RunnerRequest
  options: KubernetesOptions
  /** The input files packed, where they are small enough; else they come by upload. */
  archive: Buffer | undefined
}

/** Any user but root: images rarely say which. */
const userId = 1000
/** Ours ends by itself; the user's has been told before. */
const graceSeconds = 1
/** Should nobody be left to remove it. */
export const keptAfterEndSeconds = 3600
/** Until the worker's own deadline has been acted upon. */
export const deadlineSlackSeconds = 120
/** The API server's limit is 1 MiB. */
export const maxSecretBytes = 1_000_000

const strict: V1SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}

export function jobName({ instance, request }: { instance: string; request: Pick<RunnerRequest, 'key'> }): string {
  return containerName(instance, request.key)
}

/** Arguments and values are read from the Secret by the kubelet: the spec names them only. */
export function describeSecret(parts: JobParts): V1Secret {
  const { request, archive } = parts
  const texts = [...request.command, ...Object.values(request.env)]
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), archive?.length ?? 0)
  if (size > maxSecretBytes) {
    throw new RunnerRequestError(
      `The command and its environment are ${size} bytes, ${maxSecretBytes} are the most: hand large texts over as inputFiles.`,
    )
  }
  const encode = (text: string) => Buffer.from(text).toString('base64')
  return {
    metadata: metadataOf(parts),
    data: {
      ...Object.fromEntries(request.command.map((text, index) => [`arg.${index}`, encode(text)])),
      ...Object.fromEntries(Object.values(request.env).map((text, index) => [`env.${index}`, encode(text)])),
      ...(archive === undefined ? {} : { [inputArchive]: archive.toString('base64') }),
    },
  }
}

export function describeJob(parts: JobParts): V1Job {
  const { request, options } = parts
  const { deadlineMs } = request.limits
  const runMs = Math.min(deadlineMs ?? Number.POSITIVE_INFINITY, options.waitUntilCompletion)
  const metadata = metadataOf(parts)
  return {
    metadata,
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      // A pod that was taken away is a failed attempt: Temporal decides about another.
      podReplacementPolicy: 'Failed',
      activeDeadlineSeconds: Math.ceil((options.waitUntilRunning + runMs) / 1000) + deadlineSlackSeconds,
      ttlSecondsAfterFinished: keptAfterEndSeconds,
      template: { metadata: { labels: metadata.labels }, spec: describeTaskPod(parts) },
    },
  }
}

function metadataOf(parts: JobParts) {
  const { instance, namespace, request, options } = parts
  const own = Object.entries(options.labels).map(([name, value]) => [name, normalizeLabel(value)])
  const labels = { ...Object.fromEntries(own), ...labelsOf(instance, request, !options.delete) }
  return { name: jobName(parts), namespace, labels }
}

function describeTaskPod(parts: JobParts): V1PodSpec {
  const isUpload = parts.archive === undefined
  const inside: V1VolumeMount = { name: 'in', mountPath: inputFolder, readOnly: true }
  const secret = { secretName: jobName(parts), items: [{ key: inputArchive, path: inputArchive }] }
  return describePod(parts, {
    files: {
      command: ['sh', '-c', filesScript, 'files', isUpload ? 'upload' : 'packed'],
      volumeMounts: isUpload ? [] : [inside],
    },
    main: commandOf(parts),
    volumes: isUpload ? [] : [{ name: 'in', secret }],
  })
}

/** The kubelet puts in what the variables hold, once: nothing of it is read again as a variable. */
function commandOf(parts: JobParts): Partial<V1Container> {
  const { request } = parts
  const fromSecret = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: jobName(parts), key } },
  })
  const argName = (index: number) => `MILLRACE_ARG_${index}`
  return {
    command: ['/bin/sh', '-c', mainScript, 'main'],
    args: request.command.map((_, index) => `$(${argName(index)})`),
    env: [
      ...Object.keys(request.env).map((name, index) => fromSecret(name, `env.${index}`)),
      ...request.command.map((_, index) => fromSecret(argName(index), `arg.${index}`)),
    ],
  }
}

export type PodParts = Pick<JobParts, 'filesImage' | 'request' | 'options'>

/** A pod of two containers as strict as all of ours; what they run, and what else they mount, is added. */
export function describePod(
  parts: PodParts,
  { files, main, volumes }: { files: Partial<V1Container>; main: Partial<V1Container>; volumes: V1Volume[] },
): V1PodSpec {
  const { options, filesImage, request } = parts
  const shared = [
    { name: 'io', mountPath: ioFolder },
    { name: 'work', mountPath: workingDir },
  ]
  return {
    restartPolicy: 'Never',
    serviceAccountName: options.serviceAccountName ?? serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: graceSeconds,
    securityContext: { runAsNonRoot: true, runAsUser: userId, seccompProfile: { type: 'RuntimeDefault' } },
    ...(Object.keys(options.nodeSelector).length > 0 && { nodeSelector: options.nodeSelector }),
    containers: [
      {
        ...files,
        name: 'files',
        image: filesImage,
        imagePullPolicy: 'IfNotPresent',
        resources: {
          requests: { cpu: '10m', memory: '16Mi' },
          // Its folders count for the pod, which may fill what its containers may together.
          limits: { cpu: '1', memory: '128Mi', 'ephemeral-storage': '64Mi' },
        },
        securityContext: strict,
        volumeMounts: [...shared, ...(files.volumeMounts ?? [])],
      },
      {
        ...main,
        name: 'main',
        image: request.image,
        imagePullPolicy: options.pullPolicy,
        workingDir,
        env: [{ name: 'HOME', value: '/tmp' }, ...(main.env ?? [])],
        resources: resourcesOf(parts),
        securityContext: strict,
        volumeMounts: [...shared, { name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [
      ...['io', 'work', 'tmp'].map(name => ({ name, emptyDir: { sizeLimit: request.grant.ephemeralStorage } })),
      ...volumes,
    ],
  }
}

/** What the task wants; the namespace's limits refuse what is beyond them. */
function resourcesOf({ request, options }: PodParts): V1Container['resources'] {
  const { cpus, memoryBytes } = request.limits
  const { limit, request: wanted } = options.resources
  const limits = {
    ...(cpus !== undefined && { cpu: String(cpus) }),
    ...(memoryBytes !== undefined && { memory: String(memoryBytes) }),
    ...limit,
  }
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(wanted).length > 0 && { requests: wanted as Record<string, string> }),
  }
}
