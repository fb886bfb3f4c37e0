import { BookOpen, Code, type LucideIcon, Redo2, TextCursorInput, Undo2, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { editorText } from '#text/editor'
import { Button } from '#ui/ui/button'
import { cn } from '#web/components/class-names'
import type { FlowDocument } from './use-flow-document'
import { type View, viewNames } from './views'

const icons: Record<View, LucideIcon> = { code: Code, form: TextCursorInput, graph: Workflow, docs: BookOpen }

/** Above the views: which of them are shown, undo and redo. */
export function WorkspaceBar({
  views,
  isNarrow,
  onToggle,
  document,
  isReadOnly,
  children,
}: {
  views: readonly View[]
  isNarrow: boolean
  onToggle: (view: View) => void
  document: FlowDocument
  isReadOnly: boolean
  children?: ReactNode
}) {
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-2 border-b bg-subtle px-2 sm:px-4">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" aria-label={editorText.views} className="flex rounded-lg border bg-surface p-0.5">
        {viewNames.map(view => {
          const Icon = icons[view]
          const isShown = views.includes(view)
          return (
            <button
              key={view}
              type="button"
              aria-pressed={isShown}
              title={isNarrow ? undefined : (isShown ? editorText.hideView : editorText.showView)[view]}
              onClick={() => onToggle(view)}
              className={cn(
                'flex h-6.5 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-xs transition-colors hover:text-fg',
                'aria-pressed:bg-accent-soft aria-pressed:text-accent-strong',
              )}
            >
              <Icon className="hidden size-3.5 sm:block" aria-hidden /> {editorText.viewNames[view]}
            </button>
          )
        })}
      </div>
      <div className="flex min-w-0 flex-1 items-center justify-end gap-1">
        {children}
        {isReadOnly ? (
          <span className="rounded-full bg-hover px-2 py-0.5 text-muted text-xs">{editorText.readOnly}</span>
        ) : (
          <>
            <BarButton
              label={editorText.undo}
              title={editorText.undoWithKeys}
              isOff={!document.canUndo}
              onClick={document.undo}
            >
              <Undo2 aria-hidden />
            </BarButton>
            <BarButton
              label={editorText.redo}
              title={editorText.redoWithKeys}
              isOff={!document.canRedo}
              onClick={document.redo}
            >
              <Redo2 aria-hidden />
            </BarButton>
          </>
        )}
      </div>
    </div>
  )
}

function BarButton({
  label,
  title,
  isOff,
  onClick,
  children,
}: {
  label: string
  title: string
  isOff: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="size-7"
      aria-label={label}
      title={title}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
