import { expect, test } from 'vitest'
import { plainText } from './plain-text'

test.each([
  ['A **Loop** runs `tasks`', 'A Loop runs tasks'],
  ['see [the docs](https://a.b) and ![a picture](x.png)', 'see the docs and a picture'],
  ['calls *Hello world*: use it', 'calls Hello world: use it'],
  ['# Title\n\ntext\nmore', 'Title text more'],
  ['a_b_c and 2 * 3 * 4', 'a_b_c and 2 * 3 * 4'],
  ['put `<< arg.x >>` in', 'put << arg.x >> in'],
])('%j', (markdown, text) => expect(plainText(markdown)).toBe(text))
