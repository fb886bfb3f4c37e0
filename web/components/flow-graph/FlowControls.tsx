import { MoveHorizontal, MoveVertical, Spline } from 'lucide-react'
import { graphText } from '#text/graph'
import { ControlButton } from '#ui/graph/GraphControls'
import type { Direction } from '#web/components/graph/graph'

/** How the graph is drawn. */
export function FlowControls({
  direction,
  onDirection,
  data,
}: {
  direction: Direction
  onDirection: (direction: Direction) => void
  /** Absent where no task reads another's outputs. */
  data?: { isShown: boolean; onShow: (isShown: boolean) => void }
}) {
  const isDown = direction === 'DOWN'
  return (
    <>
      <ControlButton
        label={isDown ? graphText.fromLeftToRight : graphText.fromTopToBottom}
        onClick={() => onDirection(isDown ? 'RIGHT' : 'DOWN')}
      >
        {isDown ? <MoveHorizontal /> : <MoveVertical />}
      </ControlButton>
      {data && (
        <ControlButton
          label={data.isShown ? graphText.hideWhoReads : graphText.showWhoReads}
          isPressed={data.isShown}
          onClick={() => data.onShow(!data.isShown)}
        >
          <Spline />
        </ControlButton>
      )}
    </>
  )
}
