'use client'

import { Plus, X } from 'lucide-react'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { Button } from '#ui/ui/button'
import { Input, NativeSelect } from '#ui/ui/input'
import { argumentTypes, type DraftArgument, newDraft } from './draft-arguments'

/** The arguments that a template asks for, a line each. */
export function ArgumentsField({
  drafts,
  onChange,
}: {
  drafts: DraftArgument[]
  onChange: (drafts: DraftArgument[]) => void
}) {
  const change = (index: number, more: Partial<DraftArgument>) => {
    const draft = drafts[index]
    if (draft) onChange(drafts.with(index, { ...draft, ...more }))
  }
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 flex items-baseline gap-1.5 font-medium text-[13px]">
        {blueprintText.arguments} <span className="font-normal text-faint text-xs">{commonText.optional}</span>
      </legend>
      {drafts.map((draft, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument that is being named has no identity but its place
        <div key={index} className="flex gap-1.5 rounded-md border p-2">
          <div className="grid min-w-0 flex-1 grid-cols-2 gap-1.5">
            <Input
              aria-label={blueprintText.nameOfTheArgument}
              placeholder={blueprintText.argumentName}
              spellCheck={false}
              pattern="[a-zA-Z][a-zA-Z0-9_]*"
              title={blueprintText.lettersAllowed}
              className="font-mono"
              value={draft.id}
              onChange={event => change(index, { id: event.target.value })}
            />
            <NativeSelect
              aria-label={commonText.type}
              value={draft.type}
              onChange={event =>
                change(index, { type: argumentTypes.find(type => type === event.target.value) ?? 'STRING' })
              }
            >
              {argumentTypes.map(type => (
                <option key={type}>{type}</option>
              ))}
            </NativeSelect>
            <Input
              aria-label={blueprintText.argumentLabel}
              placeholder={blueprintText.argumentLabel}
              value={draft.displayName}
              onChange={event => change(index, { displayName: event.target.value })}
            />
            <Input
              aria-label={blueprintText.argumentDefault}
              placeholder={blueprintText.argumentDefault}
              value={draft.defaults}
              onChange={event => change(index, { defaults: event.target.value })}
            />
            {draft.type === 'SELECT' && (
              <Input
                aria-label={blueprintText.argumentValues}
                placeholder={blueprintText.valuesApartByCommas}
                className="col-span-2"
                value={draft.values}
                onChange={event => change(index, { values: event.target.value })}
              />
            )}
          </div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={blueprintText.removeTheArgument(draft.id)}
            onClick={() => onChange(drafts.toSpliced(index, 1))}
          >
            <X />
          </Button>
        </div>
      ))}
      <Button size="sm" variant="ghost" onClick={() => onChange([...drafts, newDraft])}>
        <Plus aria-hidden /> {blueprintText.addAnArgument}
      </Button>
    </fieldset>
  )
}
