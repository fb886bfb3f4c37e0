import { createServer, type Socket } from 'node:net'

export type CapturedMail = { to: string; text: string }

/** A mail server that keeps what it is given, for the part of SMTP that a sender without a login needs. */
export async function startSmtp() {
  const mails: CapturedMail[] = []
  const server = createServer(socket => converse(socket, mail => mails.push(mail)))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    stop: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

function converse(socket: Socket, take: (mail: CapturedMail) => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let [rest, to] = ['', '']
  let body: string[] | undefined
  say('220 test')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (body === undefined) answer(line)
      else if (line !== '.') body.push(line)
      else {
        take({ to, text: unfold(body) })
        body = undefined
        say('250 kept')
      }
    }
  })
  function answer(line: string) {
    to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to
    if (/^DATA/i.test(line)) {
      body = []
      return say('354 go on')
    }
    say(/^QUIT/i.test(line) ? '221 bye' : '250 ok')
  }
}

/** Undoes quoted-printable, which mails use for long lines. */
function unfold(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
