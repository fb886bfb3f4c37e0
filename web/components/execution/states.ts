import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  RotateCcw,
  SkipForward,
} from 'lucide-react'
import type { ExecutionState } from '#web/server/executions/execution'

export type StateLook = { label: string; icon: LucideIcon; tone: Tone; isMoving?: true }
type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'violet'

/** One look per state, the same everywhere. */
export const stateLooks: Record<ExecutionState, StateLook> = {
  CREATED: { label: 'Created', icon: CircleDashed, tone: 'neutral' },
  QUEUED: { label: 'Queued', icon: Clock, tone: 'violet' },
  RUNNING: { label: 'Running', icon: LoaderCircle, tone: 'info', isMoving: true },
  BREAKPOINT: { label: 'Breakpoint', icon: CirclePause, tone: 'violet' },
  PAUSED: { label: 'Paused', icon: CirclePause, tone: 'violet' },
  RETRYING: { label: 'Retrying', icon: RotateCcw, tone: 'info' },
  RETRIED: { label: 'Retried', icon: RotateCcw, tone: 'neutral' },
  RESTARTED: { label: 'Restarted', icon: RotateCcw, tone: 'info' },
  KILLING: { label: 'Killing', icon: Ban, tone: 'warning' },
  SUCCESS: { label: 'Success', icon: CircleCheck, tone: 'success' },
  WARNING: { label: 'Warning', icon: CircleAlert, tone: 'warning' },
  FAILED: { label: 'Failed', icon: CircleX, tone: 'danger' },
  KILLED: { label: 'Killed', icon: Ban, tone: 'neutral' },
  CANCELLED: { label: 'Cancelled', icon: Ban, tone: 'neutral' },
  SKIPPED: { label: 'Skipped', icon: SkipForward, tone: 'neutral' },
}

export const stateNames = Object.keys(stateLooks) as ExecutionState[]

/** Text and soft background. */
export const badgeTones: Record<Tone, string> = {
  neutral: 'bg-hover text-muted',
  info: 'bg-info-soft text-info',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  violet: 'bg-violet-soft text-violet',
}

/** Text and icons alone. */
export const textTones: Record<Tone, string> = {
  neutral: 'text-muted',
  info: 'text-info',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  violet: 'text-violet',
}

/** Bars of the Gantt. */
export const barTones: Record<Tone, string> = {
  neutral: 'bg-faint',
  info: 'bg-info',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
  violet: 'bg-violet',
}

const unknownLook: StateLook = { label: 'Unknown', icon: CircleDashed, tone: 'neutral' }

export function stateLook(state: string): StateLook {
  return isState(state) ? stateLooks[state] : { ...unknownLook, label: state }
}

function isState(state: string): state is ExecutionState {
  return state in stateLooks
}

const finalStates = new Set<string>([
  'SUCCESS',
  'WARNING',
  'FAILED',
  'KILLED',
  'CANCELLED',
  'SKIPPED',
  'RETRIED',
] satisfies ExecutionState[])

/** Nothing more will happen by itself. */
export function isFinal(state: string): boolean {
  return finalStates.has(state)
}
