import { Check, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { graphText } from '#text/graph'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '#ui/ui/menu'
import type { NodeAction } from './node-menu'

/** The actions of a node, where it was clicked. */
export function NodeMenu({
  at,
  groups,
  onChoose,
  onClose,
}: {
  at: { x: number; y: number }
  groups: NodeAction[][]
  onChoose: (action: NodeAction) => void
  onClose: () => void
}) {
  const [before] = useState(() => document.activeElement)
  const isChosen = useRef(false)
  return (
    <Menu open onOpenChange={isOpen => !isOpen && onClose()}>
      <MenuTrigger asChild>
        <span className="fixed size-px" style={{ left: at.x, top: at.y }} />
      </MenuTrigger>
      <MenuContent
        align="start"
        sideOffset={2}
        className="max-h-[70vh] w-60 overflow-y-auto"
        onCloseAutoFocus={event => {
          event.preventDefault()
          // What was chosen may open a dialog, whose focus it is.
          if (!isChosen.current && before instanceof HTMLElement) before.focus()
        }}
      >
        {groups.map((group, index) => (
          <div key={group[0]?.label}>
            {index > 0 && <MenuSeparator />}
            {group.map(action => (
              <MenuItem
                key={action.label}
                onSelect={() => {
                  isChosen.current = true
                  onChoose(action)
                }}
                className={action.kind === 'edit' && action.isDanger ? 'text-danger [&_svg]:text-danger' : undefined}
              >
                {action.kind === 'edit' && action.isDanger && <Trash2 aria-hidden />}
                <span className="min-w-0 flex-1 truncate">{action.label}</span>
                {action.kind === 'edit' && action.isOn && <Check aria-label={graphText.isOn} />}
                {action.kind === 'edit' && action.keys && <kbd className="text-[11px] text-faint">{action.keys}</kbd>}
              </MenuItem>
            ))}
          </div>
        ))}
      </MenuContent>
    </Menu>
  )
}
