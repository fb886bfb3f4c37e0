import type { Attribute, Expression } from './ast'

/** An expression as a user would know it again. */
export function written(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return node.name
    case 'literal':
      return typeof node.value === 'string' ? `"${node.value}"` : JSON.stringify(node.value)
    case 'attribute':
      return attributeText(node)
    case 'filter':
      return `${written(node.target)} | ${node.name}`
    case 'call':
      return `${node.name}(...)`
    case 'array':
      return '[...]'
    case 'map':
      return '{...}'
    default:
      return '(...)'
  }
}

function attributeText({ target, key }: Attribute): string {
  const holder = written(target)
  if (key.kind === 'literal' && typeof key.value === 'string' && /^[A-Za-z_]\w*$/.test(key.value))
    return `${holder}.${key.value}`
  return `${holder}[${written(key)}]`
}

/** The expression that attributes and filters are written behind. */
export function rootOf(node: Expression): Expression {
  let root = node
  while (root.kind === 'attribute' || root.kind === 'filter') root = root.target
  return root
}
