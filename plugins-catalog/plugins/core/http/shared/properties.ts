import { z } from 'zod'
import { anyJson, bool, duration, int, list, map, object, oneOf, text } from '#language/fields'

const timeouts = object({
  connectTimeout: duration().optional().meta({ description: 'How long to wait for a connection.' }),
  readIdleTimeout: duration().optional().meta({ description: 'The longest silence of the server; PT5M by default.' }),
})

const proxy = object({
  type: oneOf(['DIRECT', 'HTTP', 'SOCKS']).optional(),
  address: text().optional(),
  port: int().optional(),
  username: text().optional(),
  password: text().optional(),
})

const auth = object({
  type: oneOf(['BASIC', 'BEARER', 'DIGEST']).optional(),
  username: text().optional(),
  password: text().optional(),
  token: text().optional(),
})

const ssl = object({ insecureTrustAllCertificates: bool().optional() })

export const httpLogs = ['REQUEST_HEADERS', 'REQUEST_BODY', 'RESPONSE_HEADERS', 'RESPONSE_BODY'] as const

/** Flat names of an older Kestra stay accepted beside those of today. */
const options = object({
  timeout: timeouts.optional(),
  proxy: proxy.optional(),
  auth: auth.optional(),
  ssl: ssl.optional(),
  followRedirects: bool().optional(),
  allowFailed: bool().optional().meta({ description: 'Take answers of 400 and above as success.' }),
  allowedResponseCodes: list(int()).optional().meta({ description: 'The only status codes that are a success.' }),
  defaultCharset: text().optional(),
  logs: list(oneOf(httpLogs)).optional(),
  enabledTcpExtendedKeepAlive: bool().optional(),
  connectTimeout: duration().optional(),
  readTimeout: duration().optional(),
  readIdleTimeout: duration().optional(),
  connectionPoolIdleTimeout: duration().optional(),
  maxContentLength: int().optional(),
  basicAuthUser: text().optional(),
  basicAuthPassword: text().optional(),
  proxyType: oneOf(['DIRECT', 'HTTP', 'SOCKS']).optional(),
  proxyAddress: text().optional(),
  proxyPort: int().optional(),
  proxyUsername: text().optional(),
  proxyPassword: text().optional(),
  logLevel: text().optional(),
})

/** What every HTTP task takes. */
export const httpProperties = {
  uri: text().meta({ description: 'The address, http or https.' }),
  method: text().default('GET'),
  params: map(anyJson()).optional().meta({ description: 'Query parameters; a list repeats its name.' }),
  body: anyJson().optional().meta({ description: 'Text as it is; other values are sent as JSON.' }),
  formData: map(anyJson()).optional().meta({
    description: 'Fields of a form. With `contentType: multipart/form-data` a `kestra:///` URI is sent as a file.',
  }),
  contentType: text().optional(),
  headers: map(anyJson()).optional(),
  options: options.optional(),
  allowFailed: bool().optional().meta({ deprecated: true, instead: 'options.allowFailed' }),
  sslOptions: ssl.optional().meta({ deprecated: true, instead: 'options.ssl' }),
}

export const httpRequest = z.object(httpProperties)
export type HttpRequest = z.output<typeof httpRequest>

export const responseOutputs = {
  uri: z.string().meta({ description: 'Where the answer came from, or the stored file.' }),
  code: z.number().meta({ description: 'The status code.' }),
  headers: z.record(z.string(), z.array(z.string())),
}
