import type { LinkPurpose } from '../accounts/account-link'
import type { Mail } from './send-mail'

type Letter = (link: string) => Pick<Mail, 'subject' | 'text'>

/** What we write. Plain text: nothing in it needs more, and every reader shows it. */
export const letterOf: Record<LinkPurpose, Letter> = {
  VERIFY: link => ({
    subject: 'Confirm your e-mail address for Millrace',
    text: lines(
      'Open this link to confirm that this address is yours. It works once, within 3 days:',
      link,
      'If you have no account at Millrace, leave it: somebody mistyped their address.',
    ),
  }),
  EMAIL: link => ({
    subject: 'Confirm your new e-mail address for Millrace',
    text: lines(
      'Open this link to make this the address of your account. It works once, within a day:',
      link,
      'If you have no account at Millrace, leave it: somebody mistyped their address.',
    ),
  }),
  RESET: link => ({
    subject: 'Set a new password for Millrace',
    text: lines(
      'Open this link to set a new password. It works once, within an hour:',
      link,
      'If you did not ask for it, leave it: your password stays as it is.',
    ),
  }),
}

/** To the address that an account has, or had, when somebody asks for another one. */
export function addressLetter(news: 'asked' | 'changed', to: string): Pick<Mail, 'subject' | 'text'> {
  if (news === 'changed') {
    return {
      subject: 'The e-mail address of your Millrace account was changed',
      text: lines(
        `The address of your account is ${to} now.`,
        'If this was not you, tell the operator of your installation.',
      ),
    }
  }
  return {
    subject: 'Another e-mail address for your Millrace account',
    text: lines(
      `Somebody who is signed in to your account asked to make ${to} its address. It changes once that address is confirmed.`,
      'If this was not you, change your password: that undoes it, and ends all other sessions.',
    ),
  }
}

function lines(...paragraphs: string[]): string {
  return `${paragraphs.join('\n\n')}\n`
}
