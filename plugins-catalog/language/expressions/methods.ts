import type { Expression, Position } from './ast'

type Call = { target: Expression; args: Expression[]; at: Position }
type Method = { takes: readonly number[]; build(call: Call): Expression }

const filter =
  (name: string) =>
  ({ target, args, at }: Call): Expression => ({
    kind: 'filter',
    target,
    name,
    args: { positional: args, named: [] },
    at,
  })

const contains = ({ target, args, at }: Call): Expression => ({
  kind: 'binary',
  operator: 'contains',
  left: target,
  right: args[0]!,
  at,
})

/**
 * Kestra's values are Java's, and templates call their methods. The common ones are read as the filter, test or operator
 * that does the same; nothing of a value itself is ever called.
 */
const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    size: { takes: [0], build: filter('length') },
    length: { takes: [0], build: filter('length') },
    isEmpty: {
      takes: [0],
      build: ({ target, at }) => ({
        kind: 'test',
        target,
        name: 'empty',
        args: { positional: [], named: [] },
        negated: false,
        at,
      }),
    },
    contains: { takes: [1], build: contains },
    containsKey: { takes: [1], build: contains },
    get: { takes: [1], build: ({ target, args, at }) => ({ kind: 'attribute', target, key: args[0]!, at }) },
    keySet: { takes: [0], build: filter('keys') },
    values: { takes: [0], build: filter('values') },
    toString: { takes: [0], build: filter('string') },
    toUpperCase: { takes: [0], build: filter('upper') },
    toLowerCase: { takes: [0], build: filter('lower') },
    trim: { takes: [0], build: filter('trim') },
    startsWith: { takes: [1], build: filter('startsWith') },
    endsWith: { takes: [1], build: filter('endsWith') },
    split: { takes: [1, 2], build: filter('split') },
    substring: { takes: [1, 2], build: filter('slice') },
    replace: {
      takes: [2],
      build: ({ target, args, at }) =>
        filter('replace')({
          target,
          args: [{ kind: 'map', entries: [{ key: args[0]!, value: args[1]! }], at }],
          at,
        }),
    },
    equals: {
      takes: [1],
      build: ({ target, args, at }) => ({ kind: 'binary', operator: '==', left: target, right: args[0]!, at }),
    },
  } satisfies Record<string, Method>),
)

/** What `target.name(args)` comes to; undefined where there is no such method. */
export function readMethod(name: string, call: Call): Expression | undefined {
  const method = methods.get(name)
  return method?.takes.includes(call.args.length) === true ? method.build(call) : undefined
}
