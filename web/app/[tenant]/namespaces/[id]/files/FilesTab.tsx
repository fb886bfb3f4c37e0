'use client'

import { useQuery } from '@tanstack/react-query'
import { Files } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { filesText } from '#text/files'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import type { Namespace } from '../use-namespace'
import { DropZone } from './DropZone'
import { FileActions } from './FileActions'
import { FilePane } from './FilePane'
import { FileTree } from './FileTree'
import { toFileTree } from './file-tree'
import { NewFileDialog } from './NewFileDialog'
import { useUpload } from './use-upload'

/** The files of a namespace: a tree, and beside it the one that is open. */
export function FilesTab({ namespace: { id } }: { namespace: Namespace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const files = useQuery(trpc.file.list.queryOptions({ tenant, namespace: id }))
  const upload = useUpload(id)
  const [params, setParams] = useUrlState()
  const [isCreating, setIsCreating] = useState(false)
  const select = (file: string | undefined) => setParams({ file })
  if (files.isPending) return <SkeletonRows count={4} />
  if (files.isLoadingError) return <LoadProblem error={files.error} onRetry={() => files.refetch()} />
  const { results, isCut } = files.data
  const selected = params.get('file') ?? undefined
  const open = results.find(({ path }) => path === selected)
  return (
    <DropZone onDrop={chosen => may('FILE:CREATE', id) && void upload.send(chosen)}>
      <FileActions namespace={id} upload={upload} isEmpty={results.length === 0} onNew={() => setIsCreating(true)} />
      {results.length === 0 ? (
        <EmptyState
          icon={Files}
          title={filesText.noFiles}
          text={filesText.whatFilesAre(<code className="font-mono text-xs">nsfile:///dir/name.sql</code>)}
        />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col border-t md:flex-row">
          <nav
            aria-label={commonText.files}
            className="max-h-60 shrink-0 overflow-auto p-2 md:max-h-none md:w-72 md:border-r"
          >
            <FileTree namespace={id} nodes={toFileTree(results)} selected={selected} onSelect={select} />
            {isCut && <p className="p-2 text-muted text-xs">{filesText.onlyFirstShown(results.length)}</p>}
          </nav>
          {open ? (
            <FilePane key={open.path} namespace={id} file={open} onMoved={select} />
          ) : (
            <p className="p-6 text-[13px] text-muted">{filesText.chooseAFile}</p>
          )}
        </div>
      )}
      {isCreating && (
        <NewFileDialog
          namespace={id}
          onClose={path => {
            setIsCreating(false)
            if (path !== undefined) select(path)
          }}
        />
      )}
    </DropZone>
  )
}
