import type { ReactNode } from 'react'

/** Of the files of a namespace (`namespaces/[id]/files`). */
export const filesText = {
  dropToUpload: 'Drop files and folders to upload them',
  uploadingOf: (sent: number, all: number) => `Uploading ${sent} of ${all}`,
  downloadAll: 'Download all',
  newFile: 'New file',
  filesToUpload: 'Files to upload',
  folderToUpload: 'Folder to upload',
  zipToUnpack: 'Zip to unpack',
  upload: 'Upload',
  aFolder: 'A folder',
  aZipToUnpack: 'A zip, to unpack',
  download: 'Download',
  rename: 'Rename',
  savedTheFile: 'Saved the file',
  textOf: (path: string) => `Text of ${path}`,
  unsavedChanges: 'Unsaved changes',
  renamedTheFile: 'Renamed the file',
  renameNamed: (path: string) => `Rename ${path}`,
  deletedTheFile: 'Deleted the file',
  askDelete: (path: string) => `Delete ${path}?`,
  whatDeletingDoes: 'Flows that read it fail from then on.',
  downloadFolderNamed: (path: string) => `Download the folder ${path}`,
  downloadFolder: 'Download the folder',
  noFiles: 'No files',
  whatFilesAre: (code: ReactNode) => (
    <>
      Scripts, queries and small tables that flows of this namespace share: a task reads one as {code}. Drop files or
      folders here to upload them.
    </>
  ),
  onlyFirstShown: (count: number) => `Only the first ${count} files are shown.`,
  chooseAFile: 'Choose a file to see it, or drop files here to upload them.',
  madeTheFile: 'Made the file',
  path: 'Path',
  pathHelp: 'Slashes make folders: queries/orders.sql',
  uploadedFiles: (count: number) => (count === 1 ? 'Uploaded the file' : `Uploaded ${count} files`),
  unpackedTheArchive: 'Unpacked the archive',
}
