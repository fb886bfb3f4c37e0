'use client'

import { isJsonObject } from '#language/json'
import { formText } from '#text/form'
import { NativeSelect } from '#ui/ui/input'
import { FieldList } from './FieldRow'
import { type ControlProps, useForm } from './form-context'
import { fieldsOfPlugin } from './form-model'
import { Nested } from './Nested'

/** A plugin inside a task (a task runner, a condition), chosen by its type, with its own fields. */
export function PluginControl({
  labelledBy,
  path,
  value,
  of,
  isRequired,
}: ControlProps & { of: 'task' | 'trigger' | 'taskRunner' | 'condition' }) {
  const { catalog, edit, isReadOnly } = useForm()
  const type = isJsonObject(value) && typeof value.type === 'string' ? value.type : ''
  const definition = catalog.find(type)
  const choices = catalog.all().filter(({ kind }) => kind === of)
  return (
    <div className="space-y-3">
      <NativeSelect
        aria-labelledby={labelledBy}
        disabled={isReadOnly}
        value={definition?.type ?? type}
        onChange={({ target }) =>
          edit(target.value === '' ? { kind: 'unset', path } : { kind: 'set', path, value: { type: target.value } })
        }
      >
        {(!isRequired || type === '') && <option value="">–</option>}
        {type !== '' && definition === undefined && <option value={type}>{formText.unknownType(type)}</option>}
        {choices.map(({ type, title }) => (
          <option key={type} value={type}>
            {title}
          </option>
        ))}
      </NativeSelect>
      {definition && fieldsOfPlugin(definition).length > 0 && (
        <Nested>
          <FieldList key={definition.type} fields={fieldsOfPlugin(definition)} path={path} value={value} folds />
        </Nested>
      )}
    </div>
  )
}
