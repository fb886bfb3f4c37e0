import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, int, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.serdes.csv.CsvToIon',
  aliases: ['io.kestra.plugin.serdes.csv.CsvReader'],
  kind: 'task',
  step: 'activity',
  title: 'Read a CSV file',
  description: 'Makes a file of rows of a CSV file; all values are text.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    header: bool().default(true).meta({ description: 'Whether the first line holds the names of the columns.' }),
    fieldSeparator: text().default(','),
    textDelimiter: text().default('"'),
    skipEmptyRows: bool().default(false),
    onBadLines: oneOf(['ERROR', 'WARN', 'SKIP'])
      .default('ERROR')
      .meta({ description: 'What becomes of a line with too many or too few values.' }),
    onEmptyHeader: oneOf(['DROP', 'KEEP']).default('DROP').meta({ description: 'Of a column without a name.' }),
    skipRows: int().default(0).meta({ description: 'Lines to leave out at the start.' }),
    charset: text().default('UTF-8'),
    maxBufferSize: int().optional(),
    maxFieldSize: int().optional(),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The new file.' }),
    size: z.number().meta({ description: 'How many rows.' }),
  }),
  examples: [
    {
      title: 'Read a CSV file',
      yaml: `id: csv_to_ion
namespace: company.team

tasks:
  - id: table
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: |
      id,city
      1,Oslo
      2,Rome

  - id: read
    type: io.kestra.plugin.serdes.csv.CsvToIon
    from: "{{ outputs.table.uri }}"
`,
    },
  ],
})
