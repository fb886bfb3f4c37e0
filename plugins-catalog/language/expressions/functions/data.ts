import type { Json } from '../../json'
import type { ExpressionFunction } from '../callable'
import { Complaint } from '../errors'
import { booleanArgument, integerArgument, textArgument } from '../filters/arguments'
import { parseIon } from '../ion'
import { operators, range } from '../operators'
import { parseJson, parseYaml } from '../serialize'
import { typeName } from '../values'

/** Parsing costs much more than copying. */
const charactersPerStep = 8

export const dataFunctions = {
  fromIon: {
    parameters: ['ion', 'allRows?'],
    cost: 50,
    description: 'The first value of an Ion text, or all with `allRows=true`.',
    example: "{{ fromIon('{a: 1}').a }} -> 1",
    call: (args, { budget }) => {
      if (args.get('ion') === null) return null
      const text = textArgument(args, 'ion')
      budget.spend(text.length / charactersPerStep)
      const rows = parseIon(text)
      return booleanArgument(args, 'allRows', false) ? rows : (rows[0] ?? null)
    },
  },
  fromJson: {
    ...jsonReader(),
    description: 'The value of a JSON text.',
    example: "{{ fromJson('[1,2]')[1] }} -> 2",
  },
  json: {
    ...jsonReader(),
    description: 'Older name of `fromJson`.',
    example: "{{ json('[1,2]')[1] }} -> 2",
  },
  jsonDecode: {
    ...jsonReader(),
    description: 'Older name of `fromJson`.',
    example: "{{ jsonDecode('[1,2]')[1] }} -> 2",
  },
  max: {
    parameters: ['...values'],
    description: 'The greatest of its arguments.',
    example: '{{ max(1, 3, 2) }} -> 3',
    call: (args, { budget }) => most(args.all, (left, right) => operators['>']({ left, right, float: false, budget })),
  },
  min: {
    parameters: ['...values'],
    description: 'The smallest of its arguments.',
    example: '{{ min(3, 1, 2) }} -> 1',
    call: (args, { budget }) => most(args.all, (left, right) => operators['<']({ left, right, float: false, budget })),
  },
  range: {
    parameters: ['start', 'end', 'increment?'],
    description: 'The numbers, or letters, from start to end.',
    example: '{{ range(1, 7, 3) }} -> [1,4,7]',
    call: (args, { budget }) =>
      range(
        { left: args.get('start') ?? null, right: args.get('end') ?? null, budget },
        integerArgument(args, 'increment', 1),
      ),
  },
  yaml: {
    ...reader('yaml', parseYaml),
    cost: 50,
    description: 'The value of a YAML text.',
    example: "{{ yaml('a: [1, 2]').a }} -> [1,2]",
  },
} satisfies Record<string, ExpressionFunction>

/**
 * The body of a JSON answer is a text in Kestra, and its flows parse it; `http.Request` has parsed it already, so what is
 * no text is handed on.
 */
function jsonReader(): Pick<ExpressionFunction, 'parameters' | 'call'> {
  const { parameters, call } = reader('json', parseJson)
  return {
    parameters,
    call: (args, context) => {
      const given = args.get('json') ?? null
      return typeof given === 'string' ? call(args, context) : given
    },
  }
}

function reader(parameter: string, parse: (text: string) => Json): Pick<ExpressionFunction, 'parameters' | 'call'> {
  return {
    parameters: [parameter],
    call: (args, { budget }) => {
      const text = args.get(parameter) ?? null
      if (text === null) return null
      if (typeof text !== 'string')
        throw new Complaint(`The argument \`${parameter}\` must be a text, not ${typeName(text)}`)
      budget.spend(text.length / charactersPerStep)
      return parse(text)
    },
  }
}

function most(values: Json[], isBetter: (left: Json, right: Json) => boolean): Json {
  let best: Json = null
  for (const value of values) if (best === null || isBetter(value, best)) best = value
  return best
}
