'use client'

import { GripVertical } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Orientation, Separator, useWorkspaceRef, Workspace } from 'react-resizable-panels'
import { editorText } from '#text/editor'
import { type Arrangement, formatArrangement } from './arrangement'
import { ViewMenu } from './ViewMenu'
import { isView, type View } from './views'
import { arrangementOf, formatOf, keepModel, keptModel } from './workspace-model'

/** Views beside and below each other. A header is dragged onto an edge of another view; what a view holds stays as it is. */
export default function WorkspacePanels({
  arrangement,
  onArrange,
  render,
}: {
  arrangement: Arrangement
  onArrange: (next: Arrangement) => void
  render: (view: View) => ReactNode
}) {
  const workspace = useWorkspaceRef<null>()
  const focusWish = useRef<View>(undefined)
  const [first] = useState(() => keptModel(arrangement))
  const wanted = formatArrangement(arrangement)
  useEffect(() => {
    const handle = workspace.current
    if (handle && formatOf(handle.getModel()) !== wanted) handle.setModel(keptModel(arrangement))
  }, [wanted, arrangement, workspace])

  return (
    <Workspace<null>
      workspaceRef={workspace}
      defaultModel={first}
      className="min-h-0 flex-1"
      classNames={classNames}
      tabsetMinWidth="120px"
      tabsetMinHeight="80px"
      disableDrop={({ target }) => !('edge' in target) && !('region' in target && target.region !== 'center')}
      onModelChanged={(model, { isUserInteraction }) => {
        if (isUserInteraction) keepModel(model)
        const next = arrangementOf(model)
        if (next && formatArrangement(next) !== wanted) onArrange(next)
      }}
      renderTab={({ title }, props) => (
        <div {...props} title={editorText.dragToAnEdge}>
          <GripVertical className="-ml-1 size-3.5 text-faint" aria-hidden />
          {title}
        </div>
      )}
      renderTabsetToolbar={({ tabs: [tab] }) =>
        isView(tab?.id) && (
          <ViewMenu view={tab.id} arrangement={arrangement} onArrange={onArrange} focusWish={focusWish} />
        )
      }
      renderTabContent={({ id }) =>
        isView(id) && (
          <section aria-label={editorText.viewNames[id]} className="h-full min-h-0 min-w-0">
            {render(id)}
          </section>
        )
      }
      renderSeparator={renderSeparator}
    />
  )
}

function renderSeparator(orientation: Orientation): ReactNode {
  return (
    <Separator
      aria-label={editorText.sizeOfViews[orientation]}
      className="relative bg-line outline-none transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-accent data-[separator=focus]:bg-accent aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px"
    />
  )
}

const classNames = {
  tabset: 'flex h-full min-w-0 flex-col',
  header: (_tabset: unknown, { isRoot }: { isRoot: boolean }) =>
    isRoot ? 'hidden' : 'flex h-7.5 shrink-0 items-center border-b bg-subtle pr-1',
  tabList: 'flex h-full min-w-0 flex-1',
  tab: 'flex flex-1 cursor-grab items-center gap-1 px-2.5 font-medium text-muted text-xs outline-offset-[-2px] hover:text-fg active:cursor-grabbing',
  tabPanels: 'min-h-0 flex-1',
  tabContent: 'h-full min-h-0 min-w-0',
  dropIndicator: 'rounded-md border-2 border-accent bg-accent/15 transition-[inset]',
  dragPreview: 'rounded-lg border border-accent bg-surface px-3 py-1.5 font-medium text-[13px] shadow-pop',
}
