import type { Json } from '../../json'
import type { Filter } from '../callable'
import { toIon } from '../ion'
import type { Budget } from '../limits'
import { toYaml } from '../serialize'
import { jsonText } from '../values'
import { weigh } from '../weigh'

export const serializationFilters = {
  jq: {
    parameters: ['expression'],
    description: 'The outputs of a jq expression, always as a list.',
    example: "{{ {'a': 1} | jq('.a') }} -> [1]",
    impure: true,
    apply: input => input,
  },
  json: {
    description: 'Older name of `toJson`.',
    example: '{{ {\'a\': 1} | json }} -> {"a":1}',
    apply: (input, _args, { budget }) => jsonText(input, budget),
  },
  jsonEncode: {
    description: 'Older name of `toJson`.',
    example: '{{ [1] | jsonEncode }} -> [1]',
    apply: (input, _args, { budget }) => jsonText(input, budget),
  },
  toJson: {
    description: 'A value as JSON text.',
    example: '{{ "a" | toJson }} -> "a"',
    apply: (input, _args, { budget }) => jsonText(input, budget),
  },
  toIon: {
    description: 'A value as Ion text.',
    example: "{{ {'a': 1} | toIon }} -> {a:1}",
    apply: (input, _args, { budget }) => toIon(weighed(input, budget)),
  },
  yaml: {
    description: 'A value as YAML text.',
    example: "{{ {'a': 1} | yaml }} -> a: 1\n",
    apply: (input, _args, { budget }) => toYaml(weighed(input, budget)),
  },
} satisfies Record<string, Filter>

function weighed(input: Json, budget: Budget): Json {
  weigh(input, budget)
  return input
}
