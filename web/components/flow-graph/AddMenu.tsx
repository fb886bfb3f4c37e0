import { Plus } from 'lucide-react'
import { useRef } from 'react'
import type { Topology } from '#language/graph/topology'
import { commonText } from '#text/common'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { flowPlaces } from './node-menu'
import type { Place } from './slots'

/** Adds to the flow itself: also what stands beside its way, such as what runs if a task fails. */
export function AddMenu({ topology, onAdd }: { topology: Topology; onAdd: (place: Place) => void }) {
  const isChosen = useRef(false)
  return (
    <Menu onOpenChange={() => (isChosen.current = false)}>
      <MenuTrigger asChild>
        <Button size="sm" className="shadow-sm">
          <Plus aria-hidden /> {commonText.add}
        </Button>
      </MenuTrigger>
      <MenuContent
        align="end"
        onCloseAutoFocus={event => {
          // What was chosen opens a dialog, whose focus it is.
          if (isChosen.current) event.preventDefault()
        }}
      >
        {flowPlaces(topology).map(({ label, place }) => (
          <MenuItem
            key={label}
            onSelect={() => {
              isChosen.current = true
              onAdd(place)
            }}
          >
            {label}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  )
}
