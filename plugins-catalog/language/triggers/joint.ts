/** Executions that must come together within a window of time. Pure: the clock and what is remembered are given. */
import type { ConditionContext } from '../define-plugin'
import { type Span, spanAt, type TimeWindow } from './time-window'

/** A flow by its name; any of a namespace, or any at all, where a part is absent. */
export type FlowName = { namespace?: string | undefined; flowId?: string | undefined }

/** What one of the executions must be. */
export type Need = {
  /** Says what it asks for: what was met stays met as long as it asks the same. */
  key: string
  /** The flow whose executions can meet it. */
  flow: FlowName
  /** Whether each success of that flow meets it. */
  isSure: boolean
  isMet(context: ConditionContext): boolean
}

export type Joint = {
  id: string
  needs: Need[]
  /** How many of them must be met. */
  atLeast: number
  window: TimeWindow
  /** Whether all must be met anew once they were; else each further execution counts while the window lasts. */
  resetOnSuccess: boolean
}

/** What is remembered of a joint: JSON, kept with its trigger. */
export type JointMemory = {
  /** The window as it was asked for; of another one nothing counts. */
  window: string
  from: string
  to: string
  /** By the key of the need: the execution that met it, and when. */
  met: { [key: string]: { executionId: string; at: string } }
}

export type JointMemories = { [jointId: string]: JointMemory }

/** An execution that came to a state, and which needs it meets. */
export type Moment = { executionId: string; at: Date; meets(need: Need): boolean }

/** `executions`: those that have come together now, oldest first; absent while some are missing. */
export type JointVerdict = { memories: JointMemories; executions?: string[] }

/**
 * Adds an execution to what is remembered of joints that must all be met. Windows that have passed are dropped, and so
 * is what belongs to no joint any more.
 */
export function addToJoints(joints: readonly Joint[], memories: JointMemories, moment: Moment): JointVerdict {
  const now = joints.map(joint => ({ joint, ...addToJoint(joint, memories[joint.id], moment) }))
  const isMet = now.some(({ isNew }) => isNew) && now.every(({ joint, memory }) => isComplete(joint, memory))
  const kept = isMet ? now.filter(({ joint }) => !joint.resetOnSuccess) : now
  const met = now
    .flatMap(({ memory }) => Object.values(memory?.met ?? {}))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ executionId }) => executionId)
  return {
    memories: Object.fromEntries(
      kept.flatMap(({ joint, memory }) => (memory === undefined ? [] : [[joint.id, memory]])),
    ),
    ...(isMet ? { executions: [...new Set(met)] } : {}),
  }
}

function isComplete({ atLeast }: Joint, memory: JointMemory | undefined): boolean {
  return memory !== undefined && Object.keys(memory.met).length >= atLeast
}

function addToJoint(
  joint: Joint,
  memory: JointMemory | undefined,
  { executionId, at, meets }: Moment,
): { memory?: JointMemory; isNew: boolean } {
  const kept = memory === undefined ? undefined : validPart(joint, memory, at)
  const span = kept === undefined ? spanAt(joint.window, at) : spanOf(kept)
  const keys = joint.needs.filter(meets).map(({ key }) => key)
  if (span === undefined || keys.length === 0) return { ...(kept === undefined ? {} : { memory: kept }), isNew: false }
  const now = { executionId, at: at.toISOString() }
  return {
    memory: {
      window: windowText(joint.window),
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      met: { ...kept?.met, ...Object.fromEntries(keys.map(key => [key, now])) },
    },
    isNew: true,
  }
}

/** What still counts: needs that are still asked for, in a window that lasts. */
function validPart({ needs, window }: Joint, memory: JointMemory, now: Date): JointMemory | undefined {
  if (memory.window !== windowText(window)) return undefined
  const isSliding = window.type === 'SLIDING_WINDOW'
  const { from, to } = isSliding ? { from: new Date(now.getTime() - window.windowMs), to: undefined } : spanOf(memory)
  if (now < from || (to !== undefined && now >= to)) return undefined
  const asked = new Set(needs.map(({ key }) => key))
  const met = Object.entries(memory.met).filter(([key, { at }]) => asked.has(key) && new Date(at) >= from)
  return met.length === 0 ? undefined : { ...memory, met: Object.fromEntries(met) }
}

function spanOf({ from, to }: JointMemory): Span {
  return { from: new Date(from), to: new Date(to) }
}

function windowText(window: TimeWindow): string {
  return JSON.stringify(window)
}
