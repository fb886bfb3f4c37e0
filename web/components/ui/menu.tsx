import { Check } from 'lucide-react'
import { Slot } from 'radix-ui'
import { type ComponentProps, createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { cn } from '#web/components/class-names'
import type { menuParts } from './menu-parts'

type Parts = typeof menuParts

/** Loaded with the first menu that opens: every page has menus, and few are opened. */
const loadParts = () => import('./menu-parts').then(module => module.menuParts)

/** Before it is first opened, a menu has no parts: its trigger is a plain button. */
const MenuContext = createContext<{ parts?: Parts; begin: () => void }>({ begin: () => undefined })

/** With `open`, the page says when it is. */
export function Menu({
  open,
  onOpenChange,
  children,
}: {
  open?: boolean
  onOpenChange?: (isOpen: boolean) => void
  children: ReactNode
}) {
  const [parts, setParts] = useState<Parts>()
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    if (open) loadParts().then(setParts)
  }, [open])
  function change(next: boolean) {
    setIsOpen(next)
    onOpenChange?.(next)
  }
  async function begin() {
    setParts(await loadParts())
    change(true)
  }
  return (
    <MenuContext value={{ parts, begin }}>
      {parts ? (
        <parts.Root open={open ?? isOpen} onOpenChange={change}>
          {children}
        </parts.Root>
      ) : (
        children
      )}
    </MenuContext>
  )
}

export function MenuTrigger({ asChild, ...rest }: ComponentProps<'button'> & { asChild?: boolean }) {
  const { parts, begin } = useContext(MenuContext)
  if (parts) return <parts.Trigger asChild={asChild} {...rest} />
  const Trigger = asChild ? Slot.Root : 'button'
  return (
    <Trigger
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      data-state="closed"
      {...rest}
      onPointerEnter={() => loadParts().catch(() => undefined)}
      onClick={begin}
      onKeyDown={event => event.key === 'ArrowDown' && begin()}
    />
  )
}

const itemLook =
  'flex select-none items-center gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none data-highlighted:bg-hover ' +
  'data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted'

export function MenuContent({ className, ...rest }: ComponentProps<Parts['Content']>) {
  const { parts } = useContext(MenuContext)
  if (!parts) return null
  return (
    <parts.Portal>
      <parts.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn('z-50 min-w-44 animate-appear rounded-lg border bg-surface p-1 shadow-pop', className)}
        {...rest}
      />
    </parts.Portal>
  )
}

/** What stands in an open menu has its parts. */
function useParts(): Parts {
  const { parts } = useContext(MenuContext)
  if (!parts) throw new Error('Parts of a menu stand in a MenuContent')
  return parts
}

export function MenuItem({ className, ...rest }: ComponentProps<Parts['Item']>) {
  const { Item } = useParts()
  return <Item className={cn(itemLook, 'cursor-pointer', className)} {...rest} />
}

export function MenuLabel(props: ComponentProps<Parts['Label']>) {
  const { Label } = useParts()
  return <Label className="px-2 py-1.5 text-faint text-xs" {...props} />
}

export function MenuSeparator() {
  const { Separator } = useParts()
  return <Separator className="-mx-1 my-1 h-px bg-line" />
}

export function MenuRadioGroup(props: ComponentProps<Parts['RadioGroup']>) {
  const { RadioGroup } = useParts()
  return <RadioGroup {...props} />
}

export function MenuRadioItem({ children, ...rest }: ComponentProps<Parts['RadioItem']>) {
  const { RadioItem, ItemIndicator } = useParts()
  return (
    <RadioItem className={cn(itemLook, 'cursor-pointer')} {...rest}>
      {children}
      <ItemIndicator className="ml-auto">
        <Check />
      </ItemIndicator>
    </RadioItem>
  )
}

export function MenuCheckboxItem({ children, ...rest }: ComponentProps<Parts['CheckboxItem']>) {
  const { CheckboxItem, ItemIndicator } = useParts()
  return (
    <CheckboxItem className={cn(itemLook, 'cursor-pointer')} onSelect={event => event.preventDefault()} {...rest}>
      {children}
      <ItemIndicator className="ml-auto">
        <Check />
      </ItemIndicator>
    </CheckboxItem>
  )
}
