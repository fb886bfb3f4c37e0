import { cn } from '#web/components/class-names'
import { pluginLook, pluginTones } from './plugin-looks'

/** The sign of a plugin's group. */
export function PluginIcon({ type, className }: { type: string | undefined; className?: string }) {
  const { icon: Icon, tone } = pluginLook(type)
  return (
    <span className={cn('grid size-8 shrink-0 place-items-center rounded-md', pluginTones[tone], className)}>
      <Icon className="size-[55%]" aria-hidden />
    </span>
  )
}
