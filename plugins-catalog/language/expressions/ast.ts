import type { Json } from '../json'

/** Where a node stands in its template; `line` and `column` count from 1. */
export type Position = { offset: number; line: number; column: number }

export type Arguments = { positional: Expression[]; named: { name: string; value: Expression }[] }

export type BinaryOperator =
  | 'or'
  | 'and'
  | 'contains'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '~'
  | '..'
  | '??'
  | '???'
  | 'isIn'

export type UnaryOperator = 'not' | '-' | '+'

type At<Node> = Node & { at: Position }

/** `float` marks a number that Java would hold as a double: `4.0` divides and prints otherwise than `4`. */
export type Literal = At<{ kind: 'literal'; value: Json; float?: true }>
export type Name = At<{ kind: 'name'; name: string }>
export type ArrayLiteral = At<{ kind: 'array'; items: Expression[] }>
export type MapLiteral = At<{ kind: 'map'; entries: { key: Expression; value: Expression }[] }>
/** A double-quoted string with `#{expression}` parts. */
export type Interpolation = At<{ kind: 'interpolation'; parts: Expression[] }>
export type Attribute = At<{ kind: 'attribute'; target: Expression; key: Expression }>
export type Call = At<{ kind: 'call'; name: string; args: Arguments }>
export type FilterCall = At<{ kind: 'filter'; target: Expression; name: string; args: Arguments }>
export type TestCall = At<{ kind: 'test'; target: Expression; name: string; args: Arguments; negated: boolean }>
export type Unary = At<{ kind: 'unary'; operator: UnaryOperator; operand: Expression }>
export type Binary = At<{ kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }>
export type Conditional = At<{ kind: 'conditional'; test: Expression; then: Expression; otherwise: Expression }>

export type Expression =
  | Literal
  | Name
  | ArrayLiteral
  | MapLiteral
  | Interpolation
  | Attribute
  | Call
  | FilterCall
  | TestCall
  | Unary
  | Binary
  | Conditional
export type ExpressionKind = Expression['kind']

export type Text = { kind: 'text'; value: string }
export type Print = At<{ kind: 'print'; expression: Expression }>
export type If = At<{ kind: 'if'; branches: { test: Expression; body: Node[] }[]; otherwise: Node[] }>
export type For = At<{ kind: 'for'; name: string; iterable: Expression; body: Node[]; otherwise: Node[] }>
export type Set = At<{ kind: 'set'; name: string; value: Expression }>
export type Block = At<{ kind: 'block'; name: string; body: Node[] }>
export type FilterTag = At<{
  kind: 'filterTag'
  filters: { name: string; args: Arguments; at: Position }[]
  body: Node[]
}>
export type MacroParameter = { name: string; fallback?: Expression }
export type Macro = At<{ kind: 'macro'; name: string; parameters: MacroParameter[]; body: Node[] }>

export type Node = Text | Print | If | For | Set | Block | FilterTag | Macro
export type NodeKind = Node['kind']

export type Template = {
  source: string
  body: Node[]
  macros: ReadonlyMap<string, Macro>
  blocks: ReadonlyMap<string, Block>
}
