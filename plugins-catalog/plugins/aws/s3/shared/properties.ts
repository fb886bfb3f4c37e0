import { z } from 'zod'
import { bool, duration, int, object, oneOf, text } from '#language/fields'
import { fileActions } from '../../../fs/shared/properties'

/** How to reach S3, or what speaks it. */
export const connectionProperties = {
  accessKeyId: text().optional().meta({
    description: "The key to sign with. Without one, that of the worker's machine, if its operator lets tasks use it.",
  }),
  secretKeyId: text().optional().meta({ description: 'Its secret; keep it as a secret of the namespace.' }),
  sessionToken: text().optional().meta({ description: 'Of temporary credentials.' }),
  region: text().optional().meta({ description: 'Such as eu-central-1.' }),
  endpointOverride: text().optional().meta({ description: 'The address of another service that speaks S3.' }),
  forcePathStyle: bool().optional().meta({
    description: 'Name the bucket in the path, not in the host; the default with `endpointOverride`.',
  }),
  compatibilityMode: bool()
    .optional()
    .meta({ description: 'Changes nothing here: any such service is spoken to alike.' }),
  stsRoleArn: text().optional().meta({ description: 'Not supported: give the credentials of the role.' }),
  stsRoleExternalId: text().optional(),
  stsRoleSessionName: text().optional(),
  stsRoleSessionDuration: duration().optional(),
  stsEndpointOverride: text().optional(),
}

export const bucketProperties = {
  ...connectionProperties,
  bucket: text().meta({ description: 'The name of the bucket.' }),
  requestPayer: text().optional().meta({ description: '`requester`, where who asks is to pay.' }),
  expectedBucketOwner: text().optional().meta({ description: 'The account that must own the bucket.' }),
}

/** Which objects of a bucket. */
export const objectFilterProperties = {
  prefix: text().optional().meta({ description: 'What their keys begin with.' }),
  delimiter: text()
    .optional()
    .meta({ description: 'Keys with it behind the prefix are left out; `/` for one folder.' }),
  marker: text().optional().meta({ description: 'Only keys behind this one.' }),
  encodingType: text().optional(),
  maxKeys: int().pipe(z.int().min(1)).default(1000).meta({ description: 'At most so many objects.' }),
  regexp: text().optional().meta({ description: 'A regular expression of whole keys.' }),
  filter: oneOf(['FILES', 'DIRECTORY', 'BOTH'])
    .default('BOTH')
    .meta({ description: 'Objects whose key ends in `/` count as directories.' }),
}

export const maxFilesProperty = {
  maxFiles: int().pipe(z.int().min(1)).default(25).meta({ description: 'At most so many files.' }),
}

export const encryptionProperties = {
  serverSideEncryption: text().optional().meta({ description: 'AES256 or AWS_KMS.' }),
  kmsKeyId: text().optional().meta({ description: 'With AWS_KMS: which key.' }),
}

export const actionProperties = {
  action: oneOf(fileActions).default('NONE').meta({ description: 'What to do with each object once it is fetched.' }),
  moveTo: object({
    bucket: text().optional().meta({ description: 'The same one by default.' }),
    key: text().meta({ description: 'The folder to move to.' }),
    ...encryptionProperties,
  })
    .optional()
    .meta({ description: 'With action: MOVE.' }),
}

/** One object, as outputs tell of it. */
export const objectOutput = {
  uri: z.string().optional().meta({ description: 'The stored file.' }),
  key: z.string(),
  etag: z.string().optional(),
  size: z.number(),
  lastModified: z.string().optional(),
  owner: z.object({ id: z.string().optional(), displayName: z.string().optional() }).optional(),
}

type Optional<Shape extends Record<string, z.ZodType>> = z.output<z.ZodObject<Shape>>
export type Connection = Optional<typeof connectionProperties>
export type BucketProperties = Optional<typeof bucketProperties>
export type ObjectFilter = Optional<typeof objectFilterProperties>
export type MoveTo = NonNullable<z.output<(typeof actionProperties)['moveTo']>>
