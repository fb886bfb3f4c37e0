import { boolean, listOf, number, type StaticType, type TypeKind, text, unknown } from './static-types'

/** What a filter or test takes as its input, and what a filter or function gives; a test gives true or false. */
export type Signature = {
  /** Kinds of input that it doesn't refuse; any where absent. Null is never held against it. */
  takes?: readonly TypeKind[]
  gives: StaticType | ((input: StaticType) => StaticType)
}

const scalars: readonly TypeKind[] = ['text', 'number', 'boolean']
const ofText = (gives: StaticType): Signature => ({ takes: scalars, gives })
const ofList = (gives: Signature['gives']): Signature => ({ takes: ['list'], gives })
const ofNumber = (gives: StaticType): Signature => ({ takes: ['number'], gives })
const ofAny = (gives: Signature['gives']): Signature => ({ gives })
const same = (input: StaticType): StaticType => input
const itemOf = (input: StaticType): StaticType =>
  input.kind === 'list' ? input.items : input.kind === 'text' ? text : unknown
/** Texts inside change, and numbers become texts; the shape stays. */
const textsOf = (input: StaticType): StaticType =>
  scalars.includes(input.kind) ? text : input.kind === 'list' ? listOf(unknown) : unknown

/** By the filter's name; a test tries every row on values of every kind. */
export const filterSignatures: { readonly [name: string]: Signature } = {
  abbreviate: ofText(text),
  abs: ofNumber(number),
  base64decode: ofText(text),
  base64encode: ofText(text),
  capitalize: ofText(text),
  chunk: ofList(input => listOf(input)),
  className: ofAny(text),
  date: { takes: ['text', 'number'], gives: text },
  dateAdd: { takes: ['text', 'number'], gives: text },
  default: ofAny(unknown),
  distinct: ofList(same),
  endsWith: ofText(boolean),
  escapeChar: ofAny(textsOf),
  first: { takes: ['text', 'list', 'map'], gives: itemOf },
  flatten: ofList(listOf(unknown)),
  indent: ofText(text),
  join: ofList(text),
  jq: ofAny(listOf(unknown)),
  json: ofAny(text),
  jsonEncode: ofAny(text),
  keys: { takes: ['list', 'map'], gives: listOf(unknown) },
  last: { takes: ['text', 'list', 'map'], gives: itemOf },
  length: ofAny(number),
  lower: ofText(text),
  md5: ofText(text),
  merge: { takes: ['list', 'map'], gives: unknown },
  nindent: ofText(text),
  nl2br: ofText(text),
  number: { takes: ['text'], gives: number },
  numberFormat: ofNumber(text),
  regexExtract: ofText(text),
  regexMatch: ofText(boolean),
  regexReplace: ofText(text),
  replace: ofAny(textsOf),
  reverse: ofList(same),
  rsort: ofList(same),
  sha1: ofText(text),
  sha256: ofText(text),
  sha512: ofText(text),
  slice: { takes: ['text', 'list'], gives: same },
  slugify: ofText(text),
  sort: ofList(same),
  split: ofText(listOf(text)),
  startsWith: ofText(boolean),
  string: ofAny(text),
  substringAfter: ofText(text),
  substringAfterLast: ofText(text),
  substringBefore: ofText(text),
  substringBeforeLast: ofText(text),
  timestamp: { takes: ['text', 'number'], gives: number },
  timestampMicro: { takes: ['text', 'number'], gives: number },
  timestampMilli: { takes: ['text', 'number'], gives: number },
  timestampNano: { takes: ['text', 'number'], gives: number },
  title: ofText(text),
  toIon: ofAny(text),
  toJson: ofAny(text),
  trim: ofText(text),
  upper: ofText(text),
  urldecode: ofText(text),
  urlencode: ofText(text),
  values: { takes: ['list', 'map'], gives: listOf(unknown) },
  yaml: ofAny(text),
}

/** What a test may be asked of; any where absent. */
export const testTakes: { readonly [name: string]: readonly TypeKind[] } = { even: ['number'], odd: ['number'] }

/** By the function's name; those that are absent may give anything. */
export const functionGives: { readonly [name: string]: StaticType } = {
  appLink: text,
  dayOfMonth: number,
  dayOfWeek: text,
  decrypt: text,
  encrypt: text,
  fileEmpty: boolean,
  fileExists: boolean,
  fileSize: number,
  fileURI: text,
  hourOfDay: number,
  id: text,
  isDateAfter: boolean,
  isDateBefore: boolean,
  isDateBetween: boolean,
  isDayWeekInMonth: boolean,
  isFileEmpty: boolean,
  isLastWorkingDay: boolean,
  isPublicHoliday: boolean,
  isWeekend: boolean,
  ksuid: text,
  loopOutputs: listOf(unknown),
  monthOfYear: number,
  nanoId: text,
  now: text,
  randomInt: number,
  randomPort: number,
  range: listOf(unknown),
  read: text,
  tasksWithState: listOf(unknown),
  uuid: text,
}
