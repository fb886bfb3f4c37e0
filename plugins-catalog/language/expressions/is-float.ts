import type { Expression } from './ast'

const arithmetic = new Set<string>(['+', '-', '*', '/', '%'])
const floatTypes = new Set<unknown>(['FLOAT', 'DOUBLE', 'BIGDECIMAL'])

/**
 * Whether Java would compute an expression in doubles. JSON can't tell 4.0 from 4, so the text of the template must:
 * a literal with a point, `number('FLOAT')`, and arithmetic with one of them.
 */
export function isFloat(node: Expression): boolean {
  switch (node.kind) {
    case 'literal':
      return node.float === true
    case 'unary':
      return isFloat(node.operand)
    case 'binary':
      return arithmetic.has(node.operator) && (isFloat(node.left) || isFloat(node.right))
    case 'filter': {
      const type = node.args.positional[0] ?? node.args.named[0]?.value
      return node.name === 'number' && type?.kind === 'literal' && floatTypes.has(type.value)
    }
    default:
      return false
  }
}
