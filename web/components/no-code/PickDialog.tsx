import type { Catalog } from '#language/catalog'
import { Dialog, DialogContent } from '#ui/ui/dialog'
import { PluginPicker } from '../flow-graph/PluginPicker'
import { paletteItems } from '../flow-graph/palette'

/** Chooses a type of task or trigger, by searching. */
export function PickDialog({
  title,
  kind,
  catalog,
  onPick,
  onClose,
}: {
  title: string
  kind: 'task' | 'trigger'
  catalog: Catalog
  onPick: (type: string) => void
  onClose: () => void
}) {
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={title} className="h-[min(640px,84vh)] overflow-hidden">
        <PluginPicker
          items={paletteItems(catalog)}
          recent={[]}
          takes={kind}
          autoFocus
          onPick={({ type }) => {
            onClose()
            onPick(type)
          }}
          className="flex-1"
        />
      </DialogContent>
    </Dialog>
  )
}
