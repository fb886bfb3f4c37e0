import type { Readable } from 'node:stream'
import { BlobSASPermissions, BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { asking } from '../cloud/refusal'
import type { BlobAccess } from './options'

export type Blobs = ReturnType<typeof openBlobs>

const blockBytes = 8 * 1024 * 1024
const blocksAtOnce = 2

/** The folder of one job in a container of Blob Storage. */
export function openBlobs(access: BlobAccess, { container, folder }: { container: string; folder: string }) {
  const client = connect(access).getContainerClient(container)
  const blob = (name: string) => client.getBlockBlobClient(`${folder}/${name}`)
  return {
    address: `${client.url}/${folder}`,
    async put(name: string, content: Readable): Promise<void> {
      const write = () => blob(name).uploadStream(content, blockBytes, blocksAtOnce)
      await asking('Azure', `write ${folder}/${name} to the container ${container}`, write)
    },
    async remove(name: string): Promise<void> {
      await blob(name).deleteIfExists()
    },
    async clear(): Promise<void> {
      await asking('Azure', `empty ${folder} in the container ${container}`, async () => {
        for await (const { name } of client.listBlobsFlat({ prefix: `${folder}/` })) await client.deleteBlob(name)
      })
    },
    signGet(name: string, forMs: number): Promise<string> {
      const expiresOn = new Date(Date.now() + forMs)
      return blob(name).generateSasUrl({ permissions: BlobSASPermissions.parse('r'), expiresOn })
    },
  }
}

function connect(access: BlobAccess): BlobServiceClient {
  if ('connectionString' in access) return BlobServiceClient.fromConnectionString(access.connectionString)
  const { endpoint, name, key } = access
  return new BlobServiceClient(endpoint, new StorageSharedKeyCredential(name, key))
}
