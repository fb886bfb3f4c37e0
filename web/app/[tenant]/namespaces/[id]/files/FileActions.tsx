'use client'

import { ChevronDown, Download, FileArchive, Files, FolderUp } from 'lucide-react'
import { type ChangeEvent, useRef } from 'react'
import { commonText } from '#text/common'
import { filesText } from '#text/files'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useMay, useTenant } from '#web/components/tenant'
import { fromInput } from './collect-files'
import { archiveUrl } from './send-file'
import type { Upload } from './use-upload'

type Props = { namespace: string; upload: Upload; isEmpty: boolean; onNew: () => void }

/** What can be done with all files of a namespace. */
export function FileActions({ namespace, upload, isEmpty, onNew }: Props) {
  const tenant = useTenant()
  const mayCreate = useMay()('FILE:CREATE', namespace)
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 px-4 py-3 sm:px-6">
      <p aria-live="polite" className="mr-auto text-muted text-xs">
        {upload.progress && filesText.uploadingOf(upload.progress.sent + 1, upload.progress.of)}
      </p>
      {!isEmpty && (
        <Button asChild>
          <a href={archiveUrl({ tenant, namespace }, 'export')} download>
            <Download aria-hidden /> {filesText.downloadAll}
          </a>
        </Button>
      )}
      {mayCreate && <UploadMenu upload={upload} />}
      {mayCreate && (
        <Button variant="primary" onClick={onNew}>
          {filesText.newFile}
        </Button>
      )}
    </div>
  )
}

function UploadMenu({ upload }: { upload: Upload }) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const archive = useRef<HTMLInputElement>(null)
  function take(event: ChangeEvent<HTMLInputElement>, send: (list: FileList | null) => Promise<void> | undefined) {
    void send(event.target.files)
    event.target.value = ''
  }
  function chooseFolder() {
    if (!folder.current) return
    // React knows no such attribute.
    folder.current.webkitdirectory = true
    folder.current.click()
  }
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={filesText.filesToUpload}
        onChange={event => take(event, list => upload.send(fromInput(list)))}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label={filesText.folderToUpload}
        onChange={event => take(event, list => upload.send(fromInput(list)))}
      />
      <input
        ref={archive}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={filesText.zipToUnpack}
        onChange={event => take(event, list => list?.[0] && upload.unpack(list[0]))}
      />
      <Menu>
        <MenuTrigger asChild>
          <Button isBusy={upload.progress !== undefined}>
            {filesText.upload} <ChevronDown aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => files.current?.click()}>
            <Files aria-hidden /> {commonText.files}
          </MenuItem>
          <MenuItem onSelect={chooseFolder}>
            <FolderUp aria-hidden /> {filesText.aFolder}
          </MenuItem>
          <MenuItem onSelect={() => archive.current?.click()}>
            <FileArchive aria-hidden /> {filesText.aZipToUnpack}
          </MenuItem>
        </MenuContent>
      </Menu>
    </>
  )
}
