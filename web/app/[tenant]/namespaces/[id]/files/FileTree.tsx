'use client'

import { ChevronRight, Download, FileText, Folder } from 'lucide-react'
import { filesText } from '#text/files'
import { cn } from '#web/components/class-names'
import { useTenant } from '#web/components/tenant'
import { formatSize } from '#web/components/values/format-size'
import type { FileNode } from './file-tree'
import { archiveUrl } from './send-file'

type Props = { namespace: string; nodes: FileNode[]; selected: string | undefined; onSelect: (path: string) => void }

/** Folders open and close as the browser has it, by mouse and by keyboard. */
export function FileTree({ namespace, nodes, selected, onSelect }: Props) {
  const tenant = useTenant()
  return (
    <ul className="space-y-px">
      {nodes.map(node =>
        node.kind === 'file' ? (
          <li key={`file ${node.path}`}>
            <button
              type="button"
              aria-current={node.path === selected ? 'true' : undefined}
              onClick={() => onSelect(node.path)}
              className={cn(
                'flex w-full items-center gap-1.5 rounded-md px-2 py-1 text-left text-[13px] hover:bg-hover',
                'aria-[current=true]:bg-hover aria-[current=true]:font-medium',
              )}
            >
              <FileText className="size-3.5 shrink-0 text-faint" aria-hidden />
              <span className="min-w-0 flex-1 truncate">{node.name}</span>
              <span className="text-faint text-xs tabular-nums">{formatSize(node.size)}</span>
            </button>
          </li>
        ) : (
          <li key={`folder ${node.path}`}>
            <details open className="group relative">
              <summary className="flex cursor-pointer list-none items-center gap-1.5 rounded-md px-2 py-1 text-[13px] hover:bg-hover">
                <ChevronRight
                  className="size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90"
                  aria-hidden
                />
                <Folder className="size-3.5 shrink-0 text-faint" aria-hidden />
                <span className="truncate">{node.name}</span>
              </summary>
              <a
                href={archiveUrl({ tenant, namespace, path: node.path }, 'export')}
                download
                aria-label={filesText.downloadFolderNamed(node.path)}
                title={filesText.downloadFolder}
                className="absolute top-0.5 right-1 rounded p-1 text-faint hover:bg-hover hover:text-fg"
              >
                <Download className="size-3.5" aria-hidden />
              </a>
              <div className="ml-4 border-l pl-1">
                <FileTree namespace={namespace} nodes={node.children} selected={selected} onSelect={onSelect} />
              </div>
            </details>
          </li>
        ),
      )}
    </ul>
  )
}
