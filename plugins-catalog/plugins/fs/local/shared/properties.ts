import { z } from 'zod'

/** One file, as outputs tell of it. */
export const fileOutput = {
  uri: z.string().meta({ description: 'The stored file, or in a listing the one of the machine.' }),
  localPath: z.string(),
  name: z.string(),
  parent: z.string(),
  size: z.number(),
  createdDate: z.string(),
  modifiedDate: z.string(),
  accessedDate: z.string(),
  directory: z.boolean(),
}

/** Behind the description of each task. */
export const openFolders = `Only below the folders that the worker's operator opens by \`MILLRACE_LOCAL_FOLDERS\`.`
