import { z } from 'zod'
import { bool, int, oneOf, text } from '#language/fields'

/** How to reach a server and who to be there. */
export const connectionProperties = {
  host: text().meta({ description: 'The name of the server.' }),
  port: int().pipe(z.int().min(1).max(65_535)).default(22),
  username: text().optional(),
  password: text().optional().meta({ description: 'Keep it as a secret of the namespace.' }),
  keyfile: text().optional().meta({ description: 'The text of a private key, as PEM or as OpenSSH writes it.' }),
  passphrase: text().optional().meta({ description: 'What the key is sealed with.' }),
  rootDir: bool().default(true).meta({ description: "Paths begin in the user's own folder there; else at the root." }),
  keyExchangeAlgorithm: text()
    .optional()
    .meta({ description: 'Such as diffie-hellman-group14-sha256, for old servers.' }),
  proxyAddress: text().optional().meta({ description: 'Not supported.' }),
  proxyHost: text().optional().meta({ deprecated: true, instead: 'proxyAddress' }),
  proxyPort: text().optional(),
  proxyUsername: text().optional(),
  proxyUser: text().optional().meta({ deprecated: true, instead: 'proxyUsername' }),
  proxyPassword: text().optional(),
  proxyType: text().optional(),
}

export type Connection = z.output<z.ZodObject<typeof connectionProperties>>

export const checksumProperties = {
  validateChecksum: bool().default(false).meta({ description: 'Compare with `checksumExpected`.' }),
  checksumAlgorithm: oneOf(['MD5', 'SHA_1', 'SHA_256', 'SHA_512']).default('SHA_256'),
  checksumExpected: text().optional().meta({ description: 'In hexadecimal.' }),
}

/** One file, as outputs tell of it. */
export const fileOutput = {
  path: z.string().meta({ description: 'The stored file, or in a listing the path on the server.' }),
  name: z.string(),
  fileType: z.string(),
  symbolicLink: z.boolean(),
  size: z.number(),
  userId: z.number(),
  groupId: z.number(),
  permissions: z.number(),
  accessDate: z.string(),
  updatedDate: z.string(),
}

/** Where a file is on its server, without who asked for it. */
export function sftpUri({ host }: Pick<Connection, 'host'>, path: string): string {
  return `sftp://${host}${path.split('/').map(encodeURIComponent).join('/')}`
}
