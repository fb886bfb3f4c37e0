/** Functions and filters whose answer needs the world: a secret, a file, the network, the database. */
export const impureNames: Readonly<Record<'call' | 'filter', ReadonlySet<string>>> = {
  call: new Set([
    'secret',
    'kv',
    'read',
    'fileURI',
    'fileSize',
    'fileExists',
    'isFileEmpty',
    'http',
    'errorLogs',
    'encrypt',
    'decrypt',
    'appLink',
    'subflow',
    'env',
    'loopOutputs',
  ]),
  filter: new Set(['jq']),
}
