import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { type PointerEvent, useEffect, useRef } from 'react'
import { commonText } from '#text/common'
import { graphText } from '#text/graph'
import { Skeleton } from '#ui/ui/skeleton'
import { cn } from '#web/components/class-names'
import { PluginIcon } from './PluginIcon'
import { matchOf, type PaletteGroup, type PaletteItem } from './palette'

const groupLook =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:text-faint'

/** Plugins to search and choose from, and where `onPress` is given, to drag. */
export function PluginPicker({
  items,
  recent,
  takes,
  autoFocus,
  onPick,
  onPress,
  className,
}: {
  items: readonly PaletteItem[] | undefined
  recent: readonly string[]
  /** Only these. */
  takes?: PaletteItem['kind']
  autoFocus?: boolean
  onPick: (item: PaletteItem) => void
  onPress?: (item: PaletteItem, event: PointerEvent) => void
  className?: string
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!autoFocus) return
    // After a menu that led here has given the focus back.
    const timer = setTimeout(() => input.current?.focus())
    return () => clearTimeout(timer)
  }, [autoFocus])
  const offered = items?.filter(({ kind }) => takes === undefined || kind === takes)
  const byType = new Map(offered?.map(item => [item.type, item]))
  const last = recent.flatMap(type => byType.get(type) ?? [])
  const groups = groupItems(offered ?? [])
  const row = (item: PaletteItem, prefix = '') => (
    <PluginRow key={item.type} value={prefix + item.type} item={item} onPick={onPick} onPress={onPress} />
  )
  return (
    <Command
      label={commonText.plugins}
      loop
      className={cn('flex min-h-0 flex-col', className)}
      filter={(value, search) => {
        // One that was used lately would be there twice.
        const item = byType.get(value)
        return item ? matchOf(item, search) : 0
      }}
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <Command.Input
          ref={input}
          placeholder={takes === 'trigger' ? graphText.searchTriggers : graphText.searchPlugins}
          className="h-10 w-full bg-transparent text-[13px] outline-none placeholder:text-faint"
        />
      </div>
      <Command.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto px-1.5 pb-2">
        {!offered && <Loading />}
        {offered && (
          <Command.Empty className="px-3 py-8 text-center text-[13px] text-muted">
            {graphText.noPluginMatches}
          </Command.Empty>
        )}
        {last.length > 0 && (
          <Command.Group heading={graphText.usedLately} className={groupLook}>
            {last.map(item => row(item, 'recent '))}
          </Command.Group>
        )}
        {groups.map(({ group, members }) => (
          <Command.Group key={group} heading={graphText.paletteGroups[group]} className={groupLook}>
            {members.map(item => row(item))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

/** Groups in the order of their first members. */
function groupItems(items: readonly PaletteItem[]): { group: PaletteGroup; members: PaletteItem[] }[] {
  const groups = new Map<PaletteGroup, PaletteItem[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  return [...groups].map(([group, members]) => ({ group, members }))
}

function PluginRow({
  value,
  item,
  onPick,
  onPress,
}: {
  value: string
  item: PaletteItem
  onPick: (item: PaletteItem) => void
  onPress?: (item: PaletteItem, event: PointerEvent) => void
}) {
  return (
    <Command.Item
      value={value}
      data-type={item.type}
      title={item.description ? `${item.type}\n${item.description}` : item.type}
      onSelect={() => onPick(item)}
      onPointerDown={event => {
        if (event.button === 0) onPress?.(item, event)
      }}
      className={cn(
        'flex select-none items-center gap-2.5 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover',
        onPress ? 'cursor-grab' : 'cursor-pointer',
      )}
    >
      <PluginIcon type={item.type} className="size-7" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2 leading-[18px]">
          <span className="truncate font-medium text-[13px]">{item.name}</span>
          <span className="ml-auto shrink-0 text-[11px] text-faint">{item.family}</span>
        </span>
        <span className="block truncate text-[11px] text-muted leading-4">{item.title}</span>
      </span>
    </Command.Item>
  )
}

function Loading() {
  return (
    <div role="status" aria-label={graphText.loadingThePlugins} className="space-y-2.5 p-2">
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike
        <Skeleton key={index} className="h-8" />
      ))}
    </div>
  )
}
