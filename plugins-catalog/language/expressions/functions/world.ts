import type { ExpressionFunction } from '../callable'

/** Functions whose answer needs the world. Only their shape stands here; `Env.call` answers them. */
function ask(parameters: string[], description: string, example: string): ExpressionFunction {
  return { parameters, description, example, impure: true, call: () => null }
}

export const worldFunctions = {
  appLink: ask(['appId?', 'baseUrl?'], 'The address of an app.', '{{ appLink(appId="my-app") }}'),
  decrypt: ask(
    ['key', 'encrypted'],
    'The text of what `encrypt` gave.',
    '{{ decrypt(secret("KEY"), inputs.encrypted) }}',
  ),
  encrypt: ask(
    ['key', 'plaintext'],
    'A text encrypted by AES-GCM, in Base64.',
    '{{ encrypt(secret("KEY"), inputs.text) }}',
  ),
  errorLogs: ask([], 'The ERROR logs of the execution.', '{{ errorLogs() }}'),
  fileEmpty: ask(['path', 'namespace?'], 'Older name of `isFileEmpty`.', '{{ fileEmpty(outputs.extract.uri) }}'),
  fileExists: ask(['path', 'namespace?'], 'Whether a file exists.', '{{ fileExists("nsfile:///config.yaml") }}'),
  fileSize: ask(['path', 'namespace?'], 'The size of a file in bytes.', '{{ fileSize(outputs.extract.uri) }}'),
  fileURI: ask(
    ['path', 'namespace?', 'version?'],
    'The storage address of a namespace file.',
    '{{ fileURI("script.py") }}',
  ),
  http: ask(
    ['uri', 'method?', 'query?', 'body?', 'contentType?', 'accept?', 'headers?', 'options?'],
    'The body of an HTTP answer.',
    '{{ http(uri="https://example.com/data.json").items }}',
  ),
  isFileEmpty: ask(['path', 'namespace?'], 'Whether a file has no content.', '{{ isFileEmpty(outputs.extract.uri) }}'),
  isPublicHoliday: ask(
    ['date', 'countryCode', 'subDivision?'],
    'Whether a date is a public holiday of a country.',
    '{{ isPublicHoliday(trigger.date, "FR") }}',
  ),
  kv: ask(
    ['key', 'namespace?', 'errorOnMissing?'],
    'The value of a key; without a namespace, parents are searched too.',
    '{{ kv("my_key") }}',
  ),
  read: ask(['path', 'namespace?', 'version?'], 'The text of a file.', '{{ read(outputs.extract.uri) }}'),
  secret: ask(['key', 'namespace?', 'subkey?'], 'A secret; its value is masked in logs.', '{{ secret("API_KEY") }}'),
  subflow: ask(
    ['namespace', 'id', 'inputs?', 'revision?', 'labels?', 'timeout?'],
    'Runs another flow and waits: `id`, `state`, `outputs` and `labels` of its execution.',
    '{{ subflow("company.team", "lookup").outputs.value }}',
  ),
} satisfies Record<string, ExpressionFunction>
