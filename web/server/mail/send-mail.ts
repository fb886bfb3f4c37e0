import { createTransport, type Transporter } from 'nodemailer'
import { webEnv } from '../env'

export type Mail = { to: string; subject: string; text: string }

const timeoutMs = 20_000

let shared: { url: string; transport: Transporter } | undefined

/** Whether this installation can send mails. */
export function hasMail(): boolean {
  return webEnv().SMTP_URL !== undefined
}

/** Hands a mail to the server of `SMTP_URL`; rejects where that does not take it. */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const { SMTP_URL: url, MAIL_FROM: from } = webEnv()
  if (url === undefined) throw new Error('SMTP_URL is not set')
  await transportOf(url).sendMail({ from, to, subject, text })
}

function transportOf(url: string): Transporter {
  if (shared?.url !== url) {
    const transport = createTransport({ url, connectionTimeout: timeoutMs, socketTimeout: timeoutMs })
    shared = { url, transport }
  }
  return shared.transport
}
