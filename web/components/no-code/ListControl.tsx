'use client'

import { Plus } from 'lucide-react'
import { commonText } from '#text/common'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { emptyOf } from './fitting'
import { type ControlProps, useForm } from './form-context'
import { ItemButtons } from './ItemButtons'
import type { Shape } from './shapes'

/** The items of a list: changed, added, taken out and sorted one by one. */
export function ListControl({ labelledBy, path, value, item }: ControlProps & { item: Shape }) {
  const { edit, isReadOnly, Control } = useForm()
  const items = Array.isArray(value) ? value : []
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the label above is one
    <div role="group" aria-labelledby={labelledBy} className="space-y-1.5">
      {items.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item has no identity but its place
        <div key={index} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <Control labelledBy={labelledBy} path={[...path, index]} value={one} shape={item} isRequired />
          </div>
          <ItemButtons list={path} index={index} count={items.length} name={formText.item(index + 1)} />
        </div>
      ))}
      {!isReadOnly && (
        <Button size="sm" onClick={() => edit({ kind: 'set', path, value: [...items, emptyOf(item)] })}>
          <Plus aria-hidden /> {commonText.add}
        </Button>
      )}
    </div>
  )
}
