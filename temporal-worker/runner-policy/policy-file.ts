/** What an operator may say of runners in a file; `infra/runner-policy.example.yaml` says all of it. */
import { z } from 'zod'
import { planNames } from '#db/plans'
import { durationMs, parseDuration } from '#language/durations'
import type { PolicyChange } from '../runners/policy'
import { parseCpus, parseMemory } from '../runners/quantities'
import { runnerNames } from '../runners/runner'
import { DefaultWorkers, WorkerGroups } from '../worker-groups'

const Runner = z.enum(runnerNames)
const Count = z.int().min(0)
const Cpus = z.coerce.string().refine(text => parseCpus(text) !== null, 'must be an amount of CPU, e.g. 500m or 2')
const Memory = z.coerce
  .string()
  .refine(text => parseMemory(text) !== null, 'must be an amount of memory as Kubernetes writes it, e.g. 512Mi')
const Duration = z.coerce
  .string()
  .refine(text => (parseDuration(text) ?? -1) >= 0, 'must be a duration, e.g. PT30S')
  .transform(durationMs)

const mebibyte = 1024 ** 2

const Limits = z
  .strictObject({
    cpus: Cpus.transform(text => parseCpus(text) ?? 0),
    memory: Memory.transform(text => parseMemory(text) ?? 0),
    pids: Count.min(1),
    killGrace: Duration,
  })
  .partial()
  .transform(({ memory, killGrace, ...others }) => ({
    ...others,
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(killGrace !== undefined && { killGraceMs: killGrace }),
  }))

const Warm = z
  .strictObject({ pods: Count, uses: Count.min(1), idle: Duration })
  .transform(({ idle, ...others }) => ({ ...others, idleMs: idle }))

const Cluster = z
  .strictObject({
    pods: Count,
    cpus: Cpus,
    memory: Memory,
    defaultCpu: Cpus,
    defaultMemory: Memory,
    ephemeralStorage: Memory,
    allEphemeralStorage: Memory,
    serviceAccounts: z.array(z.string()),
    nodeSelector: z.boolean(),
    warm: Warm,
  })
  .partial()

const Docker = z.strictObject({ volumes: z.boolean(), privileged: z.boolean(), hostNetwork: z.boolean() }).partial()

/** What holds for all, for a plan or for a tenant; what it leaves out stays as it is. */
const Section = z
  .strictObject({
    runners: z.partialRecord(Runner, z.array(Runner)),
    default: Runner,
    limits: Limits,
    killGrace: Duration,
    maxLogMiB: z.number().positive(),
    maxOutputMiB: z.number().positive(),
    cluster: Cluster,
    docker: Docker,
    workerGroup: DefaultWorkers,
  })
  .partial()
  .transform((given): PolicyChange & { workers?: DefaultWorkers | undefined } => ({
    workers: given.workerGroup,
    runnersFor: given.runners,
    defaultRunner: given.default,
    limits: given.limits,
    killGraceMs: given.killGrace,
    maxLogBytes: given.maxLogMiB === undefined ? undefined : given.maxLogMiB * mebibyte,
    maxOutputBytes: given.maxOutputMiB === undefined ? undefined : given.maxOutputMiB * mebibyte,
    grant: given.cluster,
    docker: given.docker,
  }))

export const PolicyFile = z.strictObject({
  all: Section.default({}),
  plans: z.partialRecord(z.enum(planNames), Section).default({}),
  /** By short name. */
  tenants: z.record(z.string(), Section).default({}),
  workerGroups: WorkerGroups.default({}),
})
export type PolicyFile = z.output<typeof PolicyFile>
