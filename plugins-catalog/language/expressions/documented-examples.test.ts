import { describe, expect, test } from 'vitest'
import { filters } from './filters'
import { functions } from './functions'
import { catalogue, checkSyntax, renderString } from './index'
import { env } from './testing'
import { tests } from './tests'

const callables = [...filters, ...functions, ...tests]
const withAnswer = callables.filter(([, { example, impure }]) => example.includes(' -> ') && !impure)

describe('the examples of the documentation', () => {
  test.each(callables)('%s: no syntax error', (_name, { example }) => {
    expect(checkSyntax(example.split(' -> ')[0]!)).toEqual([])
  })

  test.each(withAnswer)('%s gives what it says', (_name, { example }) => {
    const [template, answer] = example.split(' -> ')
    expect(renderString(template!, {}, env)).toBe(answer)
  })

  test('every filter and test says what it gives', () => {
    const silent = [...filters, ...tests].filter(([, { example }]) => !example.includes(' -> ')).map(([name]) => name)
    expect(silent).toEqual([])
  })
})

test('the catalogue lists every callable with its signature', () => {
  const { filters: listed, functions: called, tests: asked } = catalogue()
  expect(listed.length + called.length + asked.length).toBe(callables.length)
  expect(listed.find(({ name }) => name === 'date')?.signature).toBe(
    'date(format?, timeZone?, existingFormat?, locale?)',
  )
  expect(called.find(({ name }) => name === 'uuid')?.signature).toBe('uuid()')
  expect(asked.map(({ name }) => name)).toEqual([
    'defined',
    'empty',
    'eq',
    'equals',
    'even',
    'iterable',
    'json',
    'map',
    'null',
    'odd',
  ])
})

test('Kestra’s names are all known', () => {
  const kestraFilters =
    'abbreviate abs base64decode base64encode capitalize chunk className date dateAdd default distinct endsWith escapeChar ' +
    'first flatten indent join jq json keys last length lower md5 merge nindent number numberFormat regexExtract regexMatch ' +
    'regexReplace replace reverse rsort sha1 sha256 sha512 slice slugify sort split startsWith string substringAfter ' +
    'substringAfterLast substringBefore substringBeforeLast timestamp timestampMicro timestampMilli timestampNano title toIon ' +
    'toJson trim upper urldecode urlencode values yaml'
  const kestraFunctions =
    'appLink currentEachOutput dayOfMonth dayOfWeek decrypt encrypt env errorLogs fetchContext fileExists fileSize fileURI ' +
    'fromIon fromJson hourOfDay http id isDayWeekInMonth isFileEmpty isLastWorkingDay isPublicHoliday isWeekend json ksuid kv ' +
    'loopOutputs max min monthOfYear nanoId now printContext randomInt randomPort range read render renderOnce secret subflow ' +
    'tasksWithState uuid yaml'
  expect(kestraFilters.split(' ').filter(name => !filters.has(name))).toEqual([])
  expect(kestraFunctions.split(' ').filter(name => !functions.has(name))).toEqual([])
})
