import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.serdes.csv.IonToCsv',
  aliases: ['io.kestra.plugin.serdes.csv.CsvWriter'],
  kind: 'task',
  step: 'activity',
  title: 'Write a CSV file',
  description: 'Makes a CSV file of a file of rows.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    header: bool().default(true).meta({ description: 'Write the names of the columns first.' }),
    fieldSeparator: text().default(','),
    textDelimiter: text().default('"'),
    lineDelimiter: text().default('\n'),
    alwaysDelimitText: bool().default(false).meta({ description: 'Quote every value.' }),
    quoteMode: text().optional(),
    charset: text().default('UTF-8'),
    dateFormat: text().default('yyyy-MM-dd'),
    timeFormat: text().default('HH:mm:ss[XXX]'),
    dateTimeFormat: text().default("yyyy-MM-dd'T'HH:mm:ss.SSS[XXX]"),
    timeZoneId: text().optional().meta({ description: 'The zone that points in time are written in.' }),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The new file.' }),
    size: z.number().meta({ description: 'How many rows.' }),
  }),
  examples: [
    {
      title: 'Write a CSV file',
      yaml: `id: ion_to_csv
namespace: company.team

tasks:
  - id: rows
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}

  - id: write
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.rows.uri }}"
`,
    },
  ],
})
