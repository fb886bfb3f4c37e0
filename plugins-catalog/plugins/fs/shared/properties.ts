import { z } from 'zod'
import { bool, duration, int, oneOf, text } from '#language/fields'

export const fileActions = ['MOVE', 'DELETE', 'NONE'] as const
export type FileAction = (typeof fileActions)[number]

export const fileEvents = ['CREATE', 'UPDATE', 'CREATE_OR_UPDATE'] as const
export type FileEvent = (typeof fileEvents)[number]
export type FileChange = 'CREATE' | 'UPDATE'

const maxFiles = () => int().pipe(z.int().min(1))

/** Which files of a folder a task or a trigger is about. */
export const listProperties = {
  from: text().meta({ description: 'The folder.' }),
  regExp: text().optional().meta({ description: 'A regular expression of whole paths.' }),
  recursive: bool().default(false).meta({ description: 'Folders below it, too.' }),
  maxFiles: maxFiles().default(25).meta({ description: 'At most so many files.' }),
}

/** What is to become of the files that were fetched. */
export const actionProperties = {
  action: oneOf(fileActions).default('NONE').meta({ description: 'What to do with each file once it is fetched.' }),
  moveDirectory: text().optional().meta({ description: 'The folder to move to, with action: MOVE.' }),
}

/** What every trigger takes that looks for files. */
export const watchProperties = {
  interval: duration().default('PT60S').meta({ description: 'From one look to the next.' }),
  on: oneOf(fileEvents).default('CREATE_OR_UPDATE').meta({ description: 'Which files count as new.' }),
  stateKey: text().optional().meta({ description: 'Another one makes the trigger forget all files that it knows.' }),
  stateTtl: duration().optional().meta({
    description: 'For how long a file that is gone stays known; if it comes back unchanged within, it is not new.',
  }),
}
