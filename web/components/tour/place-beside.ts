type Size = { width: number; height: number }
type Rect = Size & { left: number; top: number }

const gap = 12
const edge = 8

/**
 * Where a box stands beside what it points at: to its right where that is a narrow thing at the left edge, else below it,
 * or above where there is no room below; always within the window. In pixels of the window.
 */
export function placeBeside(target: Rect, box: Size, view: Size): { left: number; top: number } {
  const right = target.left + target.width + gap
  const isSide = target.left < box.width / 2 && right + box.width <= view.width - edge && target.width < view.width / 2
  if (isSide) return within({ left: right, top: target.top - gap }, box, view)
  const below = target.top + target.height + gap
  const fitsBelow = below + box.height <= view.height - edge
  const left = target.left + target.width / 2 - box.width / 2
  return within({ left, top: fitsBelow ? below : target.top - box.height - gap }, box, view)
}

function within({ left, top }: { left: number; top: number }, box: Size, view: Size): { left: number; top: number } {
  return {
    left: Math.max(edge, Math.min(left, view.width - box.width - edge)),
    top: Math.max(edge, Math.min(top, view.height - box.height - edge)),
  }
}
