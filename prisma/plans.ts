/** What a tenant gets for its plan, one table for all who ask. An operator's policy file may say otherwise. */
export const planNames = ['FREE', 'TEAM', 'SCALE'] as const
export type PlanName = (typeof planNames)[number]

/** What a tenant may use; null: as much as it likes. */
export type PlanLimits = {
  /** That end in a month (UTC). */
  executionsPerMonth: number | null
  /** That run at once; more wait. */
  concurrentExecutions: number | null
  /** People; accounts of programs are no members in this. */
  members: number | null
  storageBytes: number | null
  /** Ended executions go after so many days, with their logs, metrics and files. */
  retentionDays: number | null
  auditRetentionDays: number | null
}

export type Plan = {
  limits: PlanLimits
  /** The most that one task's command gets; without a number only the machine limits it. */
  task: { cpus?: number; memoryBytes?: number; pids: number; logBytes: number }
  /** Of a Kubernetes cluster, for all the tenant's tasks together; amounts as Kubernetes writes them. */
  cluster: {
    pods: number
    /** Enough for all its pods: one that says nothing may use a CPU for its command and one for its files. */
    cpus: string
    memory: string
    /** Of one container, and of all. */
    ephemeralStorage: string
    allEphemeralStorage: string
  }
}

const gibibyte = 1024 ** 3
const mebibyte = 1024 ** 2

export const plans: Record<PlanName, Plan> = {
  FREE: {
    limits: {
      executionsPerMonth: 5000,
      concurrentExecutions: 10,
      members: 3,
      storageBytes: gibibyte,
      retentionDays: 7,
      auditRetentionDays: 30,
    },
    task: { cpus: 1, memoryBytes: 2 * gibibyte, pids: 1024, logBytes: 4 * mebibyte },
    cluster: { pods: 4, cpus: '8', memory: '8Gi', ephemeralStorage: '2Gi', allEphemeralStorage: '10Gi' },
  },
  TEAM: {
    limits: {
      executionsPerMonth: 100_000,
      concurrentExecutions: 100,
      members: 25,
      storageBytes: 50 * gibibyte,
      retentionDays: 30,
      auditRetentionDays: 365,
    },
    task: { cpus: 4, memoryBytes: 8 * gibibyte, pids: 4096, logBytes: 16 * mebibyte },
    cluster: { pods: 20, cpus: '40', memory: '24Gi', ephemeralStorage: '5Gi', allEphemeralStorage: '120Gi' },
  },
  // What an installation of one's own is on, unless MILLRACE_PLAN says otherwise.
  SCALE: {
    limits: {
      executionsPerMonth: null,
      concurrentExecutions: null,
      members: null,
      storageBytes: null,
      retentionDays: null,
      auditRetentionDays: null,
    },
    task: { pids: 4096, logBytes: 16 * mebibyte },
    cluster: { pods: 50, cpus: '100', memory: '32Gi', ephemeralStorage: '10Gi', allEphemeralStorage: '600Gi' },
  },
}

export function isPlanName(name: string): name is PlanName {
  return planNames.some(known => known === name)
}

/** The plan that stands in a tenant's row. */
export function planNamed(name: string): PlanName {
  if (!isPlanName(name)) throw new Error(`"${name}" is no plan`)
  return name
}
