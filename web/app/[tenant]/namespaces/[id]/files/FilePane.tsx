'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { filesText } from '#text/files'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { FormDialog } from '#ui/FormDialog'
import { TextEditor } from '#ui/text-editor/TextEditor'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useShortcuts } from '#web/components/use-shortcuts'
import { useNamespaceChange } from '../use-namespace'
import { PathField } from './NewFileDialog'
import { fileUrl } from './send-file'

type Props = { namespace: string; file: { path: string; size: number }; onMoved: (path: string | undefined) => void }

/** One file: its text to edit where it is one, and what else can be done with it. */
export function FilePane({ namespace, file: { path }, onMoved }: Props) {
  const tenant = useTenant()
  const may = useMay()
  const [dialog, setDialog] = useState<'rename' | 'delete'>()
  const close = () => setDialog(undefined)
  return (
    <section aria-label={path} className="flex min-h-96 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
        <h2 className="min-w-0 flex-1 basis-40 truncate font-mono text-xs">{path}</h2>
        <Button size="sm" asChild>
          <a href={fileUrl({ tenant, namespace, path })} download>
            <Download aria-hidden /> {filesText.download}
          </a>
        </Button>
        {may('FILE:UPDATE', namespace) && (
          <Button size="sm" onClick={() => setDialog('rename')}>
            {filesText.rename}
          </Button>
        )}
        {may('FILE:DELETE', namespace) && (
          <Button size="sm" variant="danger" onClick={() => setDialog('delete')}>
            {commonText.delete}
          </Button>
        )}
      </div>
      <FileText namespace={namespace} path={path} mayChange={may('FILE:UPDATE', namespace)} />
      {dialog === 'rename' && <RenameDialog namespace={namespace} path={path} onMoved={onMoved} onClose={close} />}
      <DeleteDialog
        isOpen={dialog === 'delete'}
        namespace={namespace}
        path={path}
        onDeleted={() => onMoved(undefined)}
        onClose={close}
      />
    </section>
  )
}

function FileText({ namespace, path, mayChange }: { namespace: string; path: string; mayChange: boolean }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const file = useQuery(trpc.file.read.queryOptions({ tenant, namespace, path }, { retry: false }))
  if (file.isPending) return <SkeletonRows count={3} />
  if (file.isLoadingError) return <p className="p-6 text-[13px] text-muted">{messageOf(file.error)}</p>
  return <EditedText namespace={namespace} path={path} content={file.data.content} mayChange={mayChange} />
}

type TextProps = { namespace: string; path: string; content: string; mayChange: boolean }

function EditedText({ namespace, path, content, mayChange }: TextProps) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [text, setText] = useState(content)
  const { onSuccess } = useNamespaceChange()(filesText.savedTheFile)
  const write = useMutation(trpc.file.write.mutationOptions({ onSuccess }))
  const isChanged = mayChange && text !== content
  const save = () => isChanged && write.mutate({ tenant, namespace, path, content: text })
  useShortcuts({ s: save })
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {write.error && (
        <Alert tone="danger" className="m-3 mb-0">
          {messageOf(write.error)}
        </Alert>
      )}
      <div className="min-h-72 flex-1">
        <TextEditor
          path={path}
          firstText={content}
          label={filesText.textOf(path)}
          isReadOnly={!mayChange}
          onChange={setText}
        />
      </div>
      {mayChange && (
        <div className="flex items-center gap-3 border-t px-4 py-2">
          <Button variant="primary" disabled={!isChanged} isBusy={write.isPending} onClick={save}>
            {commonText.save}
          </Button>
          <span aria-live="polite" className="text-warning text-xs">
            {isChanged && filesText.unsavedChanges}
          </span>
        </div>
      )}
    </div>
  )
}

function RenameDialog({
  namespace,
  path,
  onMoved,
  onClose,
}: {
  namespace: string
  path: string
  onMoved: (path: string) => void
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [to, setTo] = useState(path)
  const { onSuccess } = useNamespaceChange(() => {
    onMoved(to)
    onClose()
  })(filesText.renamedTheFile)
  const move = useMutation(trpc.file.move.mutationOptions({ onSuccess }))
  return (
    <FormDialog
      title={filesText.renameNamed(path)}
      action={filesText.rename}
      error={move.error}
      isBusy={move.isPending}
      onSubmit={() => move.mutate({ tenant, namespace, from: path, to })}
      onClose={onClose}
    >
      <PathField value={to} onChange={setTo} />
    </FormDialog>
  )
}

function DeleteDialog({
  isOpen,
  namespace,
  path,
  onDeleted,
  onClose,
}: {
  isOpen: boolean
  namespace: string
  path: string
  onDeleted: () => void
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const after = useNamespaceChange(() => {
    onClose()
    onDeleted()
  })(filesText.deletedTheFile)
  const remove = useMutation(trpc.file.delete.mutationOptions(after))
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={filesText.askDelete(path)}
      text={filesText.whatDeletingDoes}
      action={commonText.delete}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ tenant, namespace, path })}
    />
  )
}
