import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

describe('filters with patterns', () => {
  valuesTable([
    ['"a.b.a" | replace({"a": "x", ".": "-"})', 'x-b-x'],
    ["'a1b22' | replace({'[0-9]+': '#'}, regexp=true)", 'a#b#'],
    ["'john smith' | replace({'(\\w+) (\\w+)': '$2 $1'}, regexp=true)", 'smith john'],
    ['{"k": ["aa", 1, {"z": "a"}]} | replace({"a": "b"})', { k: ['bb', '1', { z: 'b' }] }],
    ['"$a" | replace({"a": "$1"})', '$$1'],
    ['"ab" | replace({"": "-"})', '-a-b-'],
    ['null | replace({"a": "b"})', null],
    ['"a,b,,c,," | split(",")', ['a', 'b', '', 'c']],
    ['"a,b,c" | split(delimiter=",", limit=2)', ['a', 'b,c']],
    ["'a1b2c' | split('\\d')", ['a', 'b', 'c']],
    ["'order-12-done' | regexExtract('\\d+')", '12'],
    ["'k=v' | regexExtract('(\\w)=(\\w)', group=2)", 'v'],
    ["'k' | regexExtract('\\d')", null],
    ["'a1' | regexMatch(regex='\\d')", true],
    ["'a' | regexMatch('\\d')", false],
    ['null | regexMatch(".*")', false],
    ["'a1b2' | regexReplace('\\d', '<$0>')", 'a<1>b<2>'],
    ["'a1' | regexReplace('(?P<n>[0-9])', '${n}${n}')", 'a11'],
    ["'a1' | regexReplace('[0-9]', '\\$0')", 'a$0'],
    ["'ab' | regexReplace('', '-')", '-a-b-'],
  ])
  errorsTable([
    ["'a' | regexMatch('(')", 'is not a regular expression'],
    ["'a' | regexMatch('(?=a)')", 'is not a regular expression'],
    ["'a' | regexExtract('a', group=3)", 'No group 3'],
    ["'a' | replace('a')", 'The argument `replace_pairs` must be a map'],
    ["'a' | replace({'a': '$9'}, regexp=true)", 'No group 9'],
    ["'a' | replace({'a': '$x'}, regexp=true)", 'is no group'],
    ["'a' | regexMatch('((a{900}){900}){900}')", 'regular expression'],
  ])
})
