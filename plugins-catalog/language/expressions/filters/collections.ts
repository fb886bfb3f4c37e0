import type { Json } from '../../json'
import type { Filter } from '../callable'
import { Complaint } from '../errors'
import type { Budget } from '../limits'
import { range } from '../operators'
import { entriesOf, isEqual, isJsonObject, javaText, setKey, typeName } from '../values'
import { integerArgument, listInput, textArgument } from './arguments'

export const collectionFilters = {
  chunk: {
    parameters: ['size'],
    description: 'Cuts a list into lists of a size.',
    example: '{{ [1, 2, 3] | chunk(2) }} -> [[1,2],[3]]',
    apply: (input, args, { budget }) => {
      if (input === null) return null
      const list = listInput(input, 'chunk')
      const size = integerArgument(args, 'size')
      if (size < 1) throw new Complaint('`chunk` needs a size of 1 or more')
      budget.items(list.length)
      return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
        list.slice(index * size, (index + 1) * size),
      )
    },
  },
  default: {
    parameters: ['default'],
    description: 'Another value where the input is missing, null or empty.',
    example: '{{ missing | default("none") }} -> none',
    apply: (input, args) => (isEmpty(input) ? (args.get('default') ?? null) : input),
  },
  distinct: {
    description: 'A list without repetitions.',
    example: '{{ [1, 2, 1] | distinct }} -> [1,2]',
    apply: (input, _args, { budget }) => (input === null ? null : distinct(listInput(input, 'distinct'), budget)),
  },
  first: {
    description: 'The first item of a list or character of a text.',
    example: '{{ [3, 4] | first }} -> 3',
    apply: input => ends(input, 0),
  },
  flatten: {
    description: 'Puts the items of inner lists into one list; one level deep.',
    example: '{{ [[1], [2, [3]]] | flatten }} -> [1,2,[3]]',
    apply: (input, _args, { budget }) => {
      if (input === null) return null
      const flat = listInput(input, 'flatten').flat(1) as Json[]
      budget.items(flat.length)
      return flat
    },
  },
  join: {
    parameters: ['separator?'],
    description: 'The items of a list as one text.',
    example: '{{ [1, 2] | join(", ") }} -> 1, 2',
    apply: (input, args, { budget }) => {
      if (input === null) return null
      const separator = textArgument(args, 'separator', '')
      const texts = listInput(input, 'join').map(item => javaText(item, budget))
      budget.text(texts.reduce((length, text) => length + text.length + separator.length, 0))
      return texts.join(separator)
    },
  },
  keys: {
    description: 'The keys of a map or the indexes of a list.',
    example: '{{ {\'a\': 1} | keys }} -> ["a"]',
    apply: (input, _args, { budget }) => {
      if (input === null) return null
      if (Array.isArray(input)) return range({ left: 0, right: input.length - 1, budget })
      if (isJsonObject(input)) return paid(Object.keys(input), budget)
      throw new Complaint(`\`keys\` takes a list or a map, not ${typeName(input)}`)
    },
  },
  last: {
    description: 'The last item of a list or character of a text.',
    example: '{{ [3, 4] | last }} -> 4',
    apply: input => ends(input, -1),
  },
  length: {
    description: 'The number of items, keys or characters.',
    example: '{{ "abc" | length }} -> 3',
    apply: (input, _args, { budget }) => {
      if (input === null) return 0
      if (typeof input === 'string' || Array.isArray(input)) return input.length
      return isJsonObject(input) ? paid(Object.keys(input), budget).length : 0
    },
  },
  merge: {
    parameters: ['items'],
    description: 'Two lists or two maps in one.',
    example: '{{ [1] | merge([2]) }} -> [1,2]',
    apply: (input, args, { budget }) => merge(input, args.get('items') ?? null, budget),
  },
  reverse: {
    description: 'A list from its end to its start.',
    example: '{{ [1, 2] | reverse }} -> [2,1]',
    apply: (input, _args, { budget }) =>
      input === null ? null : paid(listInput(input, 'reverse').toReversed(), budget),
  },
  rsort: {
    description: 'A list, greatest first.',
    example: '{{ [1, 3, 2] | rsort }} -> [3,2,1]',
    apply: (input, _args, { budget }) => sorted(input, 'rsort', budget)?.toReversed() ?? null,
  },
  slice: {
    parameters: ['fromIndex?', 'toIndex?'],
    description: 'A part of a list or a text.',
    example: '{{ "abcd" | slice(1, 3) }} -> bc',
    apply: (input, args, { budget }) => {
      if (input === null) return null
      if (typeof input !== 'string' && !Array.isArray(input))
        throw new Complaint(`\`slice\` takes a list or a text, not ${typeName(input)}`)
      const from = integerArgument(args, 'fromIndex', 0)
      const to = integerArgument(args, 'toIndex', input.length)
      if (from < 0) throw new Complaint('fromIndex must be greater than 0')
      if (to > input.length) throw new Complaint(`toIndex must be smaller than input size: ${input.length}`)
      if (args.get('toIndex') != null && from >= to) throw new Complaint('toIndex must be greater than fromIndex')
      if (from > to) throw new Complaint(`fromIndex must be smaller than input size: ${input.length}`)
      budget.spend(1 + to - from)
      return input.slice(from, to)
    },
  },
  sort: {
    description: 'A list, smallest first.',
    example: '{{ [3, 1, 2] | sort }} -> [1,2,3]',
    apply: (input, _args, { budget }) => sorted(input, 'sort', budget),
  },
  values: {
    description: 'The values of a map or the items of a list.',
    example: "{{ {'a': 1} | values }} -> [1]",
    apply: (input, _args, { budget }) => {
      if (input === null || Array.isArray(input)) return input
      if (isJsonObject(input))
        return paid(
          entriesOf(input).map(([, value]) => value),
          budget,
        )
      throw new Complaint(`\`values\` takes a list or a map, not ${typeName(input)}`)
    },
  },
} satisfies Record<string, Filter>

function paid<Item>(list: Item[], budget: Budget): Item[] {
  budget.items(list.length)
  return list
}

/** Null, a blank text, an empty list or map. */
export function isEmpty(value: Json): boolean {
  if (value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (!isJsonObject(value)) return false
  // Stops at the first key: a large map is asked in no time.
  for (const key in value) if (Object.hasOwn(value, key)) return false
  return true
}

function ends(input: Json, index: 0 | -1): Json {
  if (typeof input === 'string') {
    if (input === '') throw new Complaint('An empty text has no first or last character')
    return input.at(index) ?? null
  }
  if (isJsonObject(input)) return entriesOf(input).at(index)?.[1] ?? null
  return input === null ? null : (listInput(input, index === 0 ? 'first' : 'last').at(index) ?? null)
}

function distinct(list: Json[], budget: Budget): Json[] {
  budget.items(list.length)
  const scalars = new Set<Json>()
  const found: Json[] = []
  for (const item of list) {
    if (typeof item === 'object' && item !== null) {
      if (!found.some(other => isEqual(other, item, budget))) found.push(item)
    } else if (!scalars.has(item)) {
      scalars.add(item)
      found.push(item)
    }
  }
  return found
}

function merge(input: Json, items: Json, budget: Budget): Json {
  if (input === null && items === null) throw new Complaint('The two arguments to be merged are null')
  if (input === null) return items
  if (items === null) return input
  if (Array.isArray(input)) {
    const added = isJsonObject(items)
      ? entriesOf(items).map(([key, value]) => ({ [key]: value }))
      : listInput(items, 'merge')
    budget.items(input.length + added.length)
    return [...input, ...added]
  }
  if (!isJsonObject(input)) throw new Complaint(`\`merge\` takes a list or a map, not ${typeName(input)}`)
  return mergeMaps(input, items, budget)
}

function mergeMaps(input: { [key: string]: Json }, items: Json, budget: Budget): Json {
  const merged: { [key: string]: Json } = {}
  const added = isJsonObject(items)
    ? entriesOf(items)
    : listInput(items, 'merge').map((item): [string, Json] => [javaText(item, budget), item])
  for (const [key, value] of paid([...entriesOf(input), ...added], budget)) setKey(merged, key, value)
  return merged
}

/** Numbers by value, texts by character; other mixtures have no order. */
function sorted(input: Json, filter: string, budget: Budget): Json[] | null {
  if (input === null) return null
  const list = listInput(input, filter)
  budget.items(list.length)
  const isNumbers = list.every(item => typeof item === 'number')
  if (!isNumbers && !list.every(item => typeof item === 'string')) {
    throw new Complaint(`\`${filter}\` takes a list of numbers or a list of texts`)
  }
  return list.toSorted((left, right) => ((left as string) < (right as string) ? -1 : left === right ? 0 : 1))
}
