import type { Token } from '../expressions/lexer'

/** `a.b` and `a["b"]` as they stand in an expression: the keys written out, the tokens they take, and that of each key. */
export type Chain = { keys: string[]; from: number; to: number; at: number[] }

/** The chain of names that starts at a token, up to the first computed key. */
export function chainAt(tokens: readonly Token[], index: number): Chain | undefined {
  const first = tokens[index]
  const before = tokens[index - 1]
  if (first?.type !== 'name' || isPunctuation(before, '.') || before?.value === '|') return undefined
  const chain: Chain = { keys: [first.value], from: index, to: index + 1, at: [index] }
  for (;;) {
    const [a, b, c] = tokens.slice(chain.to, chain.to + 3)
    const isDot = isPunctuation(a, '.') && (b?.type === 'name' || b?.type === 'number')
    const isKey = isPunctuation(a, '[') && (b?.type === 'string' || b?.type === 'number') && isPunctuation(c, ']')
    if (!isDot && !isKey) return chain
    chain.keys.push(b!.value)
    chain.at.push(chain.to + 1)
    chain.to += isDot ? 2 : 3
  }
}

export function isPunctuation(token: Token | undefined, value: string): boolean {
  return token?.type === 'punctuation' && token.value === value
}
