import { Ellipsis } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { editorText } from '#text/editor'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '#ui/ui/menu'
import { type Arrangement, type Move, movesOf, withoutView } from './arrangement'
import type { View } from './views'

function labelOf(move: Move): string {
  return move.kind === 'below' ? editorText.putBelow(editorText.viewNames[move.other]) : editorText.moveTo[move.kind]
}

/** Where a view can go, for whoever drags no headers. */
export function ViewMenu({
  view,
  arrangement,
  onArrange,
  focusWish,
}: {
  view: View
  arrangement: Arrangement
  onArrange: (next: Arrangement) => void
  /** The view that was moved last: it is drawn anew in its place, and its button has the focus again. */
  focusWish: RefObject<View | undefined>
}) {
  const button = useRef<HTMLButtonElement>(null)
  const rest = withoutView(arrangement, view)
  useEffect(() => {
    if (focusWish.current !== view) return
    focusWish.current = undefined
    button.current?.focus()
  }, [focusWish, view])
  return (
    <Menu>
      <MenuTrigger asChild>
        <button
          ref={button}
          type="button"
          aria-label={editorText.arrange(editorText.viewNames[view])}
          title={editorText.arrange(editorText.viewNames[view])}
          className="grid size-6 place-items-center rounded text-muted hover:bg-hover hover:text-fg data-[state=open]:bg-hover [&_svg]:size-4"
        >
          <Ellipsis />
        </button>
      </MenuTrigger>
      <MenuContent align="end">
        {movesOf(arrangement, view).map(move => (
          <MenuItem
            key={labelOf(move)}
            onSelect={() => {
              focusWish.current = view
              onArrange(move.next)
            }}
          >
            {labelOf(move)}
          </MenuItem>
        ))}
        <MenuSeparator />
        {rest && <MenuItem onSelect={() => onArrange(rest)}>{editorText.close}</MenuItem>}
      </MenuContent>
    </Menu>
  )
}
