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
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import type { ExecutionState } from '#web/server/executions/execution'

export type StateLook = { label: string; icon: LucideIcon; tone: Tone; isMoving?: true }
type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'violet'

/** One look per state, the same everywhere. */
export const stateLooks: Record<ExecutionState, StateLook> = {
  CREATED: { label: commonText.created, icon: CircleDashed, tone: 'neutral' },
  QUEUED: { label: executionText.queued, icon: Clock, tone: 'violet' },
  RUNNING: { label: executionText.running, icon: LoaderCircle, tone: 'info', isMoving: true },
  BREAKPOINT: { label: executionText.breakpoint, icon: CirclePause, tone: 'violet' },
  PAUSED: { label: executionText.paused, icon: CirclePause, tone: 'violet' },
  RETRYING: { label: executionText.retrying, icon: RotateCcw, tone: 'info' },
  RETRIED: { label: executionText.retried, icon: RotateCcw, tone: 'neutral' },
  RESTARTED: { label: executionText.restarted, icon: RotateCcw, tone: 'info' },
  KILLING: { label: executionText.killing, icon: Ban, tone: 'warning' },
  SUCCESS: { label: executionText.success, icon: CircleCheck, tone: 'success' },
  WARNING: { label: executionText.warning, icon: CircleAlert, tone: 'warning' },
  FAILED: { label: executionText.failed, icon: CircleX, tone: 'danger' },
  KILLED: { label: executionText.killed, icon: Ban, tone: 'neutral' },
  CANCELLED: { label: executionText.cancelled, icon: Ban, tone: 'neutral' },
  SKIPPED: { label: executionText.skipped, icon: SkipForward, tone: 'neutral' },
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

/** Parts of charts, as CSS colours. */
export const chartTones: Record<Tone, string> = {
  neutral: 'var(--faint)',
  info: 'var(--info)',
  success: 'var(--success)',
  warning: 'var(--warning)',
  danger: 'var(--danger)',
  violet: 'var(--violet)',
}

const unknownLook: StateLook = { label: executionText.unknown, icon: CircleDashed, tone: 'neutral' }

export function stateLook(state: string): StateLook {
  return isState(state) ? stateLooks[state] : { ...unknownLook, label: state }
}

function isState(state: string): state is ExecutionState {
  return state in stateLooks
}

/** Nothing more will happen by itself. */
export { isTerminal as isFinal } from '#language/states'
