import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '#web/components/class-names'

export const Menu = Primitive.Root
export const MenuTrigger = Primitive.Trigger
export const MenuRadioGroup = Primitive.RadioGroup

const itemLook =
  'flex select-none items-center gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none data-highlighted:bg-hover ' +
  'data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted'

export function MenuContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn('z-50 min-w-44 animate-appear rounded-lg border bg-surface p-1 shadow-pop', className)}
        {...rest}
      />
    </Primitive.Portal>
  )
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn(itemLook, 'cursor-pointer', className)} {...rest} />
}

export function MenuLabel(props: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className="px-2 py-1.5 text-faint text-xs" {...props} />
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />
}

export function MenuRadioItem({ children, ...rest }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(itemLook, 'cursor-pointer')} {...rest}>
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

export function MenuCheckboxItem({ children, ...rest }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem
      className={cn(itemLook, 'cursor-pointer')}
      onSelect={event => event.preventDefault()}
      {...rest}
    >
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  )
}
