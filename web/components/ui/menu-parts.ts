import { DropdownMenu } from 'radix-ui'

/** Of what an open menu is made. */
export const menuParts = {
  Root: DropdownMenu.Root,
  Trigger: DropdownMenu.Trigger,
  Portal: DropdownMenu.Portal,
  Content: DropdownMenu.Content,
  Item: DropdownMenu.Item,
  Label: DropdownMenu.Label,
  Separator: DropdownMenu.Separator,
  RadioGroup: DropdownMenu.RadioGroup,
  RadioItem: DropdownMenu.RadioItem,
  CheckboxItem: DropdownMenu.CheckboxItem,
  ItemIndicator: DropdownMenu.ItemIndicator,
}
