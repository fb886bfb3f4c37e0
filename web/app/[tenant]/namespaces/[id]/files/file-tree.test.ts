import { expect, test } from 'vitest'
import { type FileNode, toFileTree } from './file-tree'

const outline = (nodes: FileNode[]): unknown[] =>
  nodes.map(node => (node.kind === 'file' ? node.path : [node.path, outline(node.children)]))

test('folders come first, each once', () => {
  const paths = ['z.txt', 'a/c.sql', 'a/b/d.sql', 'b.txt', 'a/b/c.sql', 'a.d/x']
  expect(outline(toFileTree(paths.map(path => ({ path, size: 1 }))))).toEqual([
    ['a', [['a/b', ['a/b/c.sql', 'a/b/d.sql']], 'a/c.sql']],
    ['a.d', ['a.d/x']],
    'b.txt',
    'z.txt',
  ])
  expect(toFileTree([])).toEqual([])
})

test('a file and a folder of one name stand beside each other', () => {
  expect(
    outline(
      toFileTree([
        { path: 'a', size: 1 },
        { path: 'a/b', size: 1 },
      ]),
    ),
  ).toEqual([['a', ['a/b']], 'a'])
})
