import { expect, test } from 'vitest'
import { replaceParameters, splitStatements } from './split-statements'

test.each([
  ['SELECT 1', [['SELECT 1', 1]]],
  [
    'SELECT 1;\n\nSELECT 2;\n',
    [
      ['SELECT 1', 1],
      ['SELECT 2', 3],
    ],
  ],
  [";;\n ; SELECT ';'", [["SELECT ';'", 2]]],
  [
    "SELECT 'it''s; fine'; SELECT \"a;b\"",
    [
      ["SELECT 'it''s; fine'", 1],
      ['SELECT "a;b"', 1],
    ],
  ],
  ['-- first; really\nSELECT 1; -- last;', [['SELECT 1', 2]]],
  ['/* a; /* b; */ c; */ SELECT 1', [['SELECT 1', 1]]],
  ['SELECT 1 -- why; \n + 1', [['SELECT 1 -- why; \n + 1', 1]]],
  [
    'DO $$ BEGIN; END; $$; SELECT $x$ ; $$ ; $x$',
    [
      ['DO $$ BEGIN; END; $$', 1],
      ['SELECT $x$ ; $$ ; $x$', 1],
    ],
  ],
  [
    "SELECT E'it\\'s;'; SELECT 2",
    [
      ["SELECT E'it\\'s;'", 1],
      ['SELECT 2', 1],
    ],
  ],
  [
    "SELECT 'a\\'; SELECT 2",
    [
      ["SELECT 'a\\'", 1],
      ['SELECT 2', 1],
    ],
  ],
  ["SELECT name'x;'", [["SELECT name'x;'", 1]]],
  ["SELECT 'open; SELECT 2", [["SELECT 'open; SELECT 2", 1]]],
  [
    'SELECT $1; SELECT a$b$c; SELECT 2',
    [
      ['SELECT $1', 1],
      ['SELECT a$b$c', 1],
      ['SELECT 2', 1],
    ],
  ],
  ['', []],
  ['-- nothing', []],
])('%j', (sql, expected) => {
  expect(splitStatements(sql).map(({ text, line }) => [text, line])).toEqual(expected)
})

test.each([
  ['a = :id AND b = :name', 'a = <id> AND b = <name>'],
  ['a::id, :id::int', 'a::id, <id>::int'],
  ['\':id\' ":id" -- :id\n/* :id */ $$:id$$ :id', '\':id\' ":id" -- :id\n/* :id */ $$:id$$ <id>'],
  ['list[1:id] :other :identity', 'list[1<id>] :other :identity'],
])('%j', (sql, expected) => {
  expect(replaceParameters(sql, ['id', 'name'], name => `<${name}>`)).toBe(expected)
})
