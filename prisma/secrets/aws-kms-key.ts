import type { KMSClient } from '@aws-sdk/client-kms'
import type { MasterKey } from './master-keys'

/**
 * A master key that never leaves AWS KMS, which is asked once for each tenant and process. Region, credentials and endpoint
 * come from where AWS's own tools look for them.
 */
export function awsKmsKey(keyId: string): MasterKey {
  let client: Promise<KMSClient> | undefined
  const kms = () => import('@aws-sdk/client-kms')
  const connect = () => {
    client ??= kms().then(({ KMSClient }) => new KMSClient({}))
    return client
  }
  return {
    id: `awskms:${keyId}`,
    async wrap(key, bound) {
      const { EncryptCommand } = await kms()
      const command = new EncryptCommand({ KeyId: keyId, Plaintext: key, EncryptionContext: contextOf(bound) })
      const { CiphertextBlob } = await (await connect()).send(command)
      return Buffer.from(CiphertextBlob!)
    },
    async unwrap(wrapped, bound) {
      const { DecryptCommand, InvalidCiphertextException } = await kms()
      const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: contextOf(bound) })
      try {
        const { Plaintext } = await (await connect()).send(command)
        return Buffer.from(Plaintext!)
      } catch (error) {
        if (error instanceof InvalidCiphertextException) return null
        throw error
      }
    },
  }
}

/** Readable in CloudTrail: names and ids, nothing secret. */
function contextOf(bound: readonly string[]): Record<string, string> {
  return { millrace: JSON.stringify(bound) }
}
