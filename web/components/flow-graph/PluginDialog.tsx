import { Dialog, DialogContent } from '#ui/ui/dialog'
import { PluginPicker } from './PluginPicker'
import type { PaletteItem } from './palette'
import type { Place } from './slots'

/** Chooses what to add at a place; works by keyboard and by finger. */
export function PluginDialog({
  place,
  items,
  recent,
  onPick,
  onClose,
}: {
  place: Place
  items: readonly PaletteItem[] | undefined
  recent: readonly string[]
  onPick: (item: PaletteItem) => void
  onClose: () => void
}) {
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={place.label} className="h-[min(640px,84vh)] overflow-hidden">
        <PluginPicker items={items} recent={recent} takes={place.takes} autoFocus onPick={onPick} className="flex-1" />
      </DialogContent>
    </Dialog>
  )
}
