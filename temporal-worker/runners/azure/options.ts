import { z } from 'zod'
import { commonOptions, needed } from '../cloud/options'
import { Text } from '../option-schemas'
import { RunnerRequestError } from '../runner'

const address = (example: string) =>
  z.url({ protocol: /^https?$/, error: `is no address; write one such as ${example}` })

const BlobStorage = z.object(
  {
    containerName: needed('it is where the files of a task go'),
    connectionString: Text.optional(),
    endpoint: address('https://account.blob.core.windows.net').optional(),
    sharedKeyAccountName: Text.optional(),
    sharedKeyAccountAccessKey: Text.optional(),
  },
  { error: 'is missing: commands, environment and files travel through it, so that no job tells what a flow holds' },
)

export const AzureBatchOptions = z.object({
  account: needed('it is the name of the Batch account'),
  accessKey: needed('it is a key of the Batch account'),
  endpoint: needed('write one such as https://account.region.batch.azure.com').pipe(
    address('https://account.region.batch.azure.com'),
  ),
  poolId: needed('it is where the task runs'),
  blobStorage: BlobStorage,
  registry: z
    .object({ userName: Text.optional(), password: Text.optional(), registryServer: Text.optional() })
    .optional(),
  ...commonOptions,
})
export type AzureBatchOptions = z.output<typeof AzureBatchOptions>

/** How the container for files is reached: links to it are signed with the account's key. */
export type BlobAccess = { connectionString: string } | { endpoint: string; name: string; key: string }

export function blobAccess({ blobStorage }: AzureBatchOptions): BlobAccess {
  const { connectionString, endpoint, sharedKeyAccountName: name, sharedKeyAccountAccessKey: key } = blobStorage
  if (connectionString !== undefined) {
    if (/(^|;)AccountKey=/i.test(connectionString)) return { connectionString }
    throw new RunnerRequestError('taskRunner: blobStorage.connectionString has no AccountKey, which signs the links')
  }
  if (endpoint !== undefined && name !== undefined && key !== undefined) return { endpoint, name, key }
  throw new RunnerRequestError(
    'taskRunner: blobStorage needs connectionString, or endpoint, sharedKeyAccountName and sharedKeyAccountAccessKey',
  )
}
