import { Client, type ConnectConfig, type KexAlgorithm, type SFTPWrapper } from 'ssh2'
import { type RunContext, TaskError } from '#language/define-plugin'
import type { Connection } from './properties'

export type SftpContext = Pick<RunContext, 'resolveHost' | 'signal' | 'log'>
export type Session = { sftp: SFTPWrapper; close(): void }

const connectTimeoutMs = 30_000
const keepaliveMs = 15_000

/** Opens a session; through the egress guard. The server's own key isn't checked, as Kestra doesn't. */
export async function connect(ctx: SftpContext, connection: Connection): Promise<Session> {
  const { host, port } = connection
  if (connection.proxyAddress !== undefined || connection.proxyHost !== undefined)
    throw new TaskError('proxyAddress is not supported: the server must be reachable directly')
  const address = await ctx.resolveHost(host)
  ctx.signal.throwIfAborted()
  const client = new Client()
  const abort = () => client.destroy()
  ctx.signal.addEventListener('abort', abort)
  const close = () => {
    ctx.signal.removeEventListener('abort', abort)
    client.end()
  }
  try {
    return { sftp: await open(client, { ...readConfig(connection), host: address }), close }
  } catch (error) {
    close()
    ctx.signal.throwIfAborted()
    const who = connection.username === undefined ? '' : ` as ${connection.username}`
    throw new TaskError(`Can't connect to the SFTP server ${host}:${port}${who}: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function open(client: Client, config: ConnectConfig): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    // One that breaks later is told of by what is being done then.
    client.on('error', reject)
    client.once('close', () => reject(new Error('the server ended the connection')))
    client.once('ready', () => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))))
    // Many servers ask for the password so.
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) =>
      finish(prompts.map(() => String(config.password ?? ''))),
    )
    client.connect(config)
  })
}

function readConfig(connection: Connection): ConnectConfig {
  const { port, username, password, keyfile, passphrase, keyExchangeAlgorithm } = connection
  return {
    port,
    username,
    readyTimeout: connectTimeoutMs,
    keepaliveInterval: keepaliveMs,
    // As Kestra: with a key, the password is not tried.
    ...(keyfile === undefined
      ? { password, tryKeyboard: password !== undefined }
      : { privateKey: keyfile.endsWith('\n') ? keyfile : `${keyfile}\n`, passphrase }),
    ...(keyExchangeAlgorithm !== undefined && { algorithms: { kex: [keyExchangeAlgorithm as KexAlgorithm] } }),
  }
}
