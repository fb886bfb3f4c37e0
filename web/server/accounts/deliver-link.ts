import { webEnv } from '../env'
import { log } from '../log'
import { letterOf } from '../mail/letters'
import { hasMail, type Mail, sendMail } from '../mail/send-mail'
import { createLink, type LinkPurpose } from './account-link'

/** Makes a link and mails it to the account's address; without a mail server it stands in our own log. */
export async function deliverLink(user: { id: string; email: string }, purpose: LinkPurpose): Promise<void> {
  const { email } = user
  const link = addressOf(await createLink(user, purpose))
  if (hasMail()) await sendMail({ to: email, ...letterOf[purpose](link) })
  else log.info({ purpose, email, link }, 'link of an account: SMTP_URL is not set, so that it could not be mailed')
}

/** Tells somebody something, where mails are sent; goes on behind the reply. */
export function notifyLater(to: string, letter: Pick<Mail, 'subject' | 'text'>): void {
  if (hasMail()) sendMail({ to, ...letter }).catch((error: unknown) => log.error({ err: error }, 'mail not sent'))
}

/** Goes on behind the reply, so that its time does not tell whether there is an account. */
export function deliverLinkLater(user: { id: string; email: string }, purpose: LinkPurpose): void {
  deliverLink(user, purpose).catch((error: unknown) => log.error({ err: error, purpose }, 'mail not sent'))
}

/** Begins with our own setting: what a request says that our address is would send people elsewhere. */
function addressOf(path: string): string {
  const { MILLRACE_URL, MILLRACE_PORT } = webEnv()
  return new URL(path, MILLRACE_URL ?? `http://localhost:${MILLRACE_PORT}`).href
}
