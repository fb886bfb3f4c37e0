import { expect, test } from 'vitest'
import { placeBeside } from './place-beside'

const view = { width: 1000, height: 800 }
const box = { width: 300, height: 160 }

test.each([
  ['beside an entry of the side bar', { left: 12, top: 100, width: 200, height: 32 }, { left: 224, top: 88 }],
  ['below a button', { left: 600, top: 20, width: 100, height: 32 }, { left: 500, top: 64 }],
  [
    'below a button at the right edge, within the window',
    { left: 950, top: 20, width: 40, height: 32 },
    { left: 692, top: 64 },
  ],
  ['above what is at the bottom', { left: 400, top: 700, width: 100, height: 40 }, { left: 300, top: 528 }],
  ['within a window that the target fills', { left: 300, top: 10, width: 700, height: 780 }, { left: 500, top: 8 }],
])('stands %s', (_, target, place) => expect(placeBeside(target, box, view)).toEqual(place))
