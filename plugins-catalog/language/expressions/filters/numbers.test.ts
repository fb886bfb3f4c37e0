import { describe } from 'vitest'
import { errorsTable, printsTable, valuesTable } from '../testing'

describe('filters on numbers', () => {
  valuesTable([
    ['-7 | abs', 7],
    ['(-7) | abs', 7],
    ['"12" | number', 12],
    ['"1.5" | number', 1.5],
    ['"12" | number("INT")', 12],
    ['"-1.5e3" | number(type="DOUBLE")', -1500],
    ['"0x1F" | number("INT")', 31],
    ['"12L" | number', 12],
    ['null | number', null],
    ['1234567.891 | numberFormat("#,##0.00")', '1,234,567.89'],
    ['1234.5 | numberFormat', '1,234.5'],
    ['0.5 | numberFormat("0%")', '50%'],
    ['7 | numberFormat("000")', '007'],
    ['-3.456 | numberFormat("$#.##")', '-$3.46'],
    ['2.5 | numberFormat("0")', '2'],
    ['3.5 | numberFormat("0")', '4'],
    ['0.25 | numberFormat("#.##")', '.25'],
    ['12 | string', '12'],
    ['true | string', 'true'],
    ['1 | className', 'java.lang.Integer'],
    ['1.5 | className', 'java.lang.Double'],
    ['"a" | className', 'java.lang.String'],
    ['[1] | className', 'java.util.ArrayList'],
    ['{} | className', 'java.util.LinkedHashMap'],
    ['true | className', 'java.lang.Boolean'],
  ])
  printsTable([['{{ "3" | number("DOUBLE") }}', '3.0']])
  errorsTable([
    ['"x" | number', '"x" is not a valid number'],
    ['"1.5" | number("INT")', 'not a valid number'],
    ['"1" | number("BYTE")', '`number` knows the types INT'],
    ['1 | number', "'number' filter can only be applied to String"],
    ['"a" | abs', '`abs` takes a number'],
    ['1 | numberFormat("0.0.0")', 'is not a number pattern'],
  ])
})
