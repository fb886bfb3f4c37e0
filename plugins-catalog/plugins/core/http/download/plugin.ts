import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { httpProperties, responseOutputs } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.http.Download',
  aliases: ['io.kestra.plugin.fs.http.Download'],
  kind: 'task',
  step: 'activity',
  title: 'Download a file over HTTP',
  description: 'Streams the answer into the internal storage, whatever its size, and gives its URI to later tasks.',
  properties: z.object({
    ...httpProperties,
    failOnEmptyResponse: bool().default(true).meta({ description: 'Fail where the server sends no content.' }),
    saveAs: text().optional().meta({ description: 'The name of the stored file; else that of the server.' }),
  }),
  outputs: z.object({
    ...responseOutputs,
    uri: z.string().meta({ description: 'The stored file.' }),
    length: z.number().meta({ description: 'Its size in bytes.' }),
  }),
  examples: [
    {
      title: 'Download a CSV file',
      yaml: `id: download
namespace: company.team
tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/orders.csv
`,
    },
  ],
})
