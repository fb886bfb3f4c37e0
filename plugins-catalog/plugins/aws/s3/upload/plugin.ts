import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, int, map, text } from '#language/fields'
import { bucketProperties, encryptionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Upload',
  kind: 'task',
  step: 'activity',
  title: 'Upload files to S3',
  description: 'Streams files of the internal storage into a bucket, whatever their size.',
  properties: z.object({
    ...bucketProperties,
    from: anyJson().meta({ description: 'The URI of a stored file, a list of them, or a map of names to them.' }),
    key: text().meta({ description: 'The key to upload to; with several files the folder.' }),
    metadata: map(text()).optional(),
    tagging: map(text()).optional().meta({ description: 'Tags of the object.' }),
    cacheControl: text().optional(),
    contentType: text().optional(),
    contentEncoding: text().optional(),
    contentDisposition: text().optional(),
    contentLanguage: text().optional(),
    contentLength: int().optional().meta({ description: 'Not needed: the size is known.' }),
    expires: text().optional().meta({ description: 'A date as ISO-8601.' }),
    acl: text().optional().meta({ description: 'A canned one, such as private or public-read.' }),
    storageClass: text().optional(),
    ...encryptionProperties,
    bucketKeyEnabled: bool().optional(),
    checksumAlgorithm: text()
      .optional()
      .meta({ description: 'CRC32, CRC32_C, SHA1 or SHA256: S3 checks what arrives.' }),
    checksum: text().optional().meta({ description: 'The expected one, of one file of less than 8 MiB.' }),
    objectLockMode: text().optional(),
    objectLockLegalHoldStatus: text().optional(),
    objectLockRetainUntilDate: text().optional().meta({ description: 'A date as ISO-8601.' }),
  }),
  outputs: z.object({
    bucket: z.string(),
    key: z.string().optional().meta({ description: 'Of a single file.' }),
    eTag: z.string().optional(),
    versionId: z.string().optional(),
    files: z
      .record(
        z.string(),
        z.object({ eTag: z.string().optional(), versionId: z.string().optional(), contentLength: z.number() }),
      )
      .optional()
      .meta({ description: 'By key, where several were uploaded.' }),
  }),
  examples: [
    {
      title: 'Upload what was downloaded',
      yaml: `id: s3_upload
namespace: company.team
tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/orders.csv
  - id: upload
    type: io.kestra.plugin.aws.s3.Upload
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    from: "{{ outputs.extract.uri }}"
    bucket: my-bucket
    key: orders/today.csv
`,
    },
  ],
})
