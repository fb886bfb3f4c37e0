'use client'

import { Braces } from 'lucide-react'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '#ui/ui/menu'
import { useForm } from './form-context'

/** What an expression may read here, to choose from. */
export function ExpressionMenu({ onChoose }: { onChoose: (expression: string) => void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="size-7 opacity-0 transition-opacity focus-visible:opacity-100 group-focus-within/text:opacity-100 group-hover/text:opacity-100 data-[state=open]:opacity-100"
          aria-label={formText.insertAnExpression}
          title={formText.insertAnExpression}
        >
          <Braces />
        </Button>
      </MenuTrigger>
      <MenuContent
        align="end"
        className="max-h-80 max-w-80 overflow-auto"
        onCloseAutoFocus={event => event.preventDefault()}
      >
        <Choices onChoose={onChoose} />
      </MenuContent>
    </Menu>
  )
}

/** Read from the flow when the menu opens. */
function Choices({ onChoose }: { onChoose: (expression: string) => void }) {
  const { variables } = useForm()
  return variables().map(({ title, items }) => (
    <div key={title}>
      <MenuLabel>{title}</MenuLabel>
      {items.map(({ expression, note }) => (
        <MenuItem key={expression} onSelect={() => onChoose(expression)}>
          <code className="min-w-0 flex-1 truncate text-xs">{expression}</code>
          <span className="text-faint text-xs">{note}</span>
        </MenuItem>
      ))}
    </div>
  ))
}
