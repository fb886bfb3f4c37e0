'use client'

import { Braces } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { FieldList } from './FieldRow'
import { lookOf } from './fitting'
import { type ControlProps, useForm } from './form-context'
import { IdControl } from './IdControl'
import { ListControl } from './ListControl'
import { MapControl } from './MapControl'
import { Nested } from './Nested'
import { PluginControl } from './PluginControl'
import type { Shape } from './shapes'
import { BooleanControl, ChoiceControl } from './simple-controls'
import { TasksControl } from './TasksControl'
import { NumberControl, TextControl } from './TextControl'
import { UnionControl } from './UnionControl'
import { AsWritten, YamlControl } from './YamlControl'

/** The control of a value, by its shape; as an expression, or as it is written, where it is nothing of that shape. */
export function Control({ shape, fallback, ...props }: ControlProps & { shape: Shape; fallback?: unknown }) {
  const look = lookOf(shape, props.value)
  if (look === 'yaml') return <AsWritten path={props.path} value={props.value} />
  if (look === 'expression') return <TextControl {...props} format="line" />
  switch (shape.kind) {
    case 'text':
      if (isInputId(props.path)) return <IdControl {...props} />
      return <TextControl {...props} format={shape.format} />
    case 'number':
      return <NumberControl {...props} isWhole={shape.isWhole} />
    case 'boolean':
      return (
        <OrExpression {...props}>
          <BooleanControl {...props} fallback={fallback} />
        </OrExpression>
      )
    case 'choice':
      return (
        <OrExpression {...props}>
          <ChoiceControl {...props} words={shape.words} fallback={fallback} />
        </OrExpression>
      )
    case 'list':
      return <ListControl {...props} item={shape.item} />
    case 'map':
      return <MapControl {...props} of={shape.value} />
    case 'object':
      return (
        <Nested>
          <FieldList
            key={shape.fields.map(({ name }) => name).join()}
            fields={shape.fields}
            path={props.path}
            value={props.value}
            folds
          />
        </Nested>
      )
    case 'union':
      return <UnionControl {...props} shape={shape} />
    case 'plugin':
      return <PluginControl {...props} of={shape.of} />
    case 'tasks':
      return <TasksControl {...props} />
    case 'any':
      return <YamlControl {...props} />
  }
}

function isInputId([list, index, name, ...more]: ControlProps['path']): boolean {
  return list === 'inputs' && typeof index === 'number' && name === 'id' && more.length === 0
}

/** A choice that an expression may make, too. */
function OrExpression({ children, ...props }: ControlProps & { children: ReactNode }) {
  const { isReadOnly } = useForm()
  const [isExpression, setIsExpression] = useState(false)
  if (isExpression && props.value === undefined) return <TextControl {...props} format="line" />
  return (
    <div className="group/choice flex min-h-8 items-center gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      {!isReadOnly && props.value === undefined && (
        <Button
          variant="ghost"
          size="icon"
          className="size-7 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/choice:opacity-100"
          aria-label={formText.writeAnExpressionInstead}
          title={formText.writeAnExpressionInstead}
          onClick={() => setIsExpression(true)}
        >
          <Braces />
        </Button>
      )}
    </div>
  )
}
