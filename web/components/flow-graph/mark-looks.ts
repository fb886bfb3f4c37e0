import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePlus,
  CircleX,
  Info,
  LoaderCircle,
  type LucideIcon,
  Pencil,
} from 'lucide-react'
import type { Mark } from './mark'

export type MarkLook = { icon: LucideIcon; text: string; frame: string; isMoving?: true }

export const markLooks: Record<Mark['tone'], MarkLook> = {
  success: { icon: CircleCheck, text: 'text-success', frame: 'border-success/50' },
  danger: { icon: CircleX, text: 'text-danger', frame: 'border-danger/70 bg-danger-soft/40' },
  warning: { icon: CircleAlert, text: 'text-warning', frame: 'border-warning/60' },
  running: { icon: LoaderCircle, text: 'text-info', frame: 'border-info ring-2 ring-info/20', isMoving: true },
  info: { icon: Info, text: 'text-violet', frame: 'border-violet/60' },
  muted: { icon: CircleDashed, text: 'text-faint', frame: '' },
  added: { icon: CirclePlus, text: 'text-success', frame: 'border-success bg-success-soft/50' },
  removed: { icon: CircleMinus, text: 'text-danger', frame: 'border-danger border-dashed bg-danger-soft/50' },
  changed: { icon: Pencil, text: 'text-warning', frame: 'border-warning bg-warning-soft/50' },
}
