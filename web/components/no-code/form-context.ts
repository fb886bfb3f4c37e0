import { type ComponentType, createContext, useContext } from 'react'
import type { Catalog } from '#language/catalog'
import type { Path } from '#language/check/problem'
import type { Diagnostic } from '#language/diagnostics'
import type { FlowEdit } from '#language/graph/edit'
import type { Json } from '#language/json'
import type { ExpressionGroup } from './expression-variables'
import type { Shape } from './shapes'

/** What every field of a form needs, however deep it is. */
export type FormTools = {
  catalog: Catalog
  /** What draws a value of any shape, for those that hold others. */
  Control: ComponentType<ControlProps & { shape: Shape; fallback?: unknown }>
  isReadOnly: boolean
  edit: (edit: FlowEdit, how?: 'typing') => void
  /** Of a value that is written, from 1. */
  lineOf: (path: Path) => number
  /** Problems of this very place, or with `deep` of what is inside, too. */
  problemsAt: (path: Path, deep?: 'deep') => Diagnostic[]
  goTo: (line: number) => void
  /** Of what is selected. */
  showDocs: () => void
  /** Selects the node at a path. */
  selectPath: (path: Path) => void
  /** Whether an expression may stand at a path: not in what is read before anything runs. */
  mayExpress: (path: Path) => boolean
  /** What an expression may read here. */
  variables: () => ExpressionGroup[]
  /** Ids that a new task or trigger can't have. */
  takenIds: () => Set<string>
}

const FormContext = createContext<FormTools | undefined>(undefined)
export const FormProvider = FormContext

export function useForm(): FormTools {
  const tools = useContext(FormContext)
  if (!tools) throw new Error('A field stands outside of a form')
  return tools
}

/** What a control is given. */
export type ControlProps = {
  /** Of the label; the control is named by it. */
  labelledBy: string
  path: Path
  value: Json | undefined
  /** Whether it goes where it becomes empty. */
  isRequired?: boolean
}
