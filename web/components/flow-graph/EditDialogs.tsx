import type { Topology } from '#language/graph/topology'
import { CaseDialog } from './CaseDialog'
import { DragGhost } from './DragGhost'
import { NodeMenu } from './NodeMenu'
import { nodeActions } from './node-menu'
import { PluginDialog } from './PluginDialog'
import type { TopologyIndex } from './topology-index'
import type { useFlowEditing } from './use-flow-editing'
import type { PluginPalette } from './use-palette'

/** What an edit on its way shows over the graph: what is dragged, what can be chosen. */
export function EditDialogs({
  editing,
  palette,
  topology,
  index,
}: {
  editing: ReturnType<typeof useFlowEditing>
  palette: PluginPalette | undefined
  topology: Topology
  index: TopologyIndex
}) {
  const { dragged, place, menu, switchTask } = editing
  return (
    <>
      {dragged && <DragGhost dragged={dragged} ref={editing.ghost} />}
      {place && (
        <PluginDialog
          place={place}
          items={palette?.items}
          recent={editing.recent}
          onPick={editing.pick}
          onClose={editing.close}
        />
      )}
      {menu && (
        <NodeMenu
          at={menu.at}
          groups={nodeActions(menu.key, topology, index)}
          onChoose={editing.choose}
          onClose={editing.close}
        />
      )}
      {switchTask && <CaseDialog onName={editing.nameCase} onClose={editing.close} />}
    </>
  )
}
