'use client'

import { commonText } from '#text/common'
import { paletteText } from '#text/palette'
import { Dialog, DialogBody, DialogContent } from '#ui/ui/dialog'
import { Kbd } from './Kbd'

const groups = [
  {
    title: paletteText.everywhere,
    keys: [
      [paletteText.ctrlK, paletteText.goAnywhere],
      ['?', paletteText.showTheseKeys],
      [paletteText.esc, paletteText.closeWhatIsOverThePage],
    ],
  },
  {
    title: paletteText.aFlow,
    keys: [
      [paletteText.ctrlS, commonText.save],
      [paletteText.ctrlE, commonText.execute],
      [paletteText.ctrlSpace, paletteText.completeInTheEditor],
    ],
  },
  {
    title: paletteText.aGraph,
    keys: [
      [paletteText.arrows, paletteText.toTheNextTask],
      [paletteText.enter, paletteText.openIt],
    ],
  },
] as const

/** Which keys do what; on a Mac, Cmd does what Ctrl does. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={paletteText.keys} description={paletteText.onAMac}>
        <DialogBody className="space-y-5">
          {groups.map(({ title, keys }) => (
            <section key={title} aria-label={title}>
              <h3 className="mb-2 font-medium text-faint text-xs">{title}</h3>
              <dl className="space-y-2 text-[13px]">
                {keys.map(([key, does]) => (
                  <div key={key} className="flex items-baseline gap-4">
                    <dt className="w-24 shrink-0">
                      <Kbd>{key}</Kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  )
}
