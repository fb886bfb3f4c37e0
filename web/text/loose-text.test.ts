import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const web = join(import.meta.dirname, '..')
const files = ['app', 'components']
  .flatMap(folder => readdirSync(join(web, folder), { recursive: true }).map(path => join(folder, String(path))))
  .filter(path => /\.tsx?$/.test(path) && !/\.test\.|^app\/api\/|\/testing\//.test(path))

/** Attributes that people read or hear. */
const seen = /^(title|label|text|help|alt|aria-label|ariaLabel|description|note|hint|heading|action)$/
/** What takes words that nobody reads: classes, selectors, errors of a wrong program. */
const unread = /^(cn|cva|Error|querySelector|querySelectorAll|closest|matchMedia)$/
const words = /[A-Za-z’]{2,}[,:;]? [A-Za-z“]/
const classes = /^[a-z0-9\-:[\]/.%()!_*>&=#,'"+\s]*[-:[][a-z0-9\-:[\]/.%()!_*>&=#,'"+\s]*$/
/** Not of a language: examples of code, and names of properties. */
const sameEverywhere = /^[a-z]+(\.[a-z]+)+$|\{\{.*\}\}|^[{[]|^\w+: |^- |^\w+:\w+$|^PT30S|^curl -/
const properties = /^(id|type|true|false|forced: true)$/

/** The texts of a source that should stand in `web/text`: each with its line. */
function looseTexts(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const tell = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${path}:${line + 1}: ${text.replaceAll(/\s+/g, ' ').trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isUnread(node)) return
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text) && !properties.test(node.text.trim())) tell(node, node.text)
    if (ts.isStringLiteralLike(node) && isLoose(node, node.text)) tell(node, node.text)
    if (ts.isTemplateExpression(node)) {
      const text = [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(part => part.text).join('0')
      if (isLoose(node, text)) tell(node, node.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isUnread(node: ts.Node): boolean {
  if (ts.isJsxElement(node)) return node.openingElement.tagName.getText() === 'code'
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'split'
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'tag'
  if (ts.isJsxAttribute(node)) return /^(className|style|d|transform|path)$/.test(node.name.getText())
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return unread.test(node.expression.getText().split('.').at(-1) ?? '')
  return ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression)
}

function isLoose(node: ts.Node, text: string): boolean {
  if (ts.isJsxAttribute(node.parent) && seen.test(node.parent.name.getText()))
    return /\p{L}/u.test(text) && !sameEverywhere.test(text)
  return words.test(text) && !classes.test(text) && !sameEverywhere.test(text)
}

describe('A text of a page stands in web/text', () => {
  test('whatever it stands in', () => {
    const source = `'use client'
import { x } from 'a b c'
const a = { label: 'Search the log' }
const b = cn('text of classes')
const c = <p title="Here" className="two words">It is <b>{count ? \`\${count} left over\` : 'none at all'}</b></p>
const d = <input placeholder="company.team" />
`
    expect(looseTexts('page.tsx', source)).toEqual([
      'page.tsx:3: Search the log',
      'page.tsx:5: Here',
      'page.tsx:5: It is',
      'page.tsx:5: `${count} left over`',
      'page.tsx:5: none at all',
    ])
  })

  test('in all of them', () => {
    expect(files.length).toBeGreaterThan(400)
    expect(files.flatMap(path => looseTexts(path, readFileSync(join(web, path), 'utf8')))).toEqual([])
  })
})
