import type { ReactNode } from 'react'

/** Of the pages for whoever is not signed in: sign-in, sign-up, invitations and the links in mails (`app/(auth)`). */
export const authText = {
  or: 'or',
  signInWith: (issuer: string) => `Sign in with ${issuer}`,
  changeYourAddress: 'Change your e-mail address',
  accountWillHaveAddress: (from: ReactNode, to: ReactNode) => (
    <>
      The account of {from} will have the address {to}. You stay signed in where you are.
    </>
  ),
  addressIsChanged: (email: string) => `${email} is the address of your account now. Sign in with it from here on.`,
  confirmYourNewAddress: 'Confirm your new address',
  joinTenant: (tenant: string) => `Join ${tenant}`,
  youAreInvited: (email: string | null) =>
    email
      ? `You are invited to its flows and executions, as ${email}.`
      : 'You are invited to its flows and executions.',
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  noAccountYet: (link: (text: string) => ReactNode) => (
    <>No account yet? {link('Sign up')}, then open the link again.</>
  ),
  join: 'Join',
  signInToJoin: 'Sign in to join',
  signUp: 'Sign up',
  invitation: 'Invitation',
  setANewPassword: 'Set a new password',
  email: 'E-mail',
  addressYouSignInWith: 'The address that you sign in with.',
  sendALink: 'Send a link',
  linkIsOnItsWay: (email: string) =>
    `If ${email} has an account, a link is on its way. It works once, within an hour. If this installation sends no mails, the owner of your tenant or the operator can give you the link.`,
  forAccount: (email: string) => `For ${email}.`,
  backToSignIn: 'Back to sign-in',
  askForANewLink: 'Ask for a new link',
  newPasswordIsSet: 'The new password is set, and every browser of this account is signed out.',
  signIn: 'Sign in',
  newPassword: 'New password',
  atLeastCharacters: (minPasswordLength: number) => `At least ${minPasswordLength} characters.`,
  setThePassword: 'Set the password',
  passwordIsWrong: 'E-mail or password is wrong, or there were too many attempts. Wait a minute before you try again.',
  codeIsWrong: 'This code is wrong, was used before, or there were too many attempts. Wait for the next one.',
  secondFactor: 'Second factor',
  back: 'Back',
  newHere: (link: (text: string) => ReactNode) => <>New here? {link('Create an account')}</>,
  haveAnAccount: (link: (text: string) => ReactNode) => <>Have an account? {link('Sign in')}</>,
  password: 'Password',
  forgotYourPassword: 'Forgot your password?',
  code: 'Code',
  codeHelp: 'The six digits that your device shows now, or one of your recovery codes.',
  issuerToldNoAddress:
    'The issuer did not tell your e-mail address. Its administrator lets this application have the scope “email”.',
  addressIsTaken:
    'There is an account with your e-mail address here. Sign in with its password, then connect the issuer on your account page.',
  issuerAccountIsTaken: 'You signed in at the issuer as somebody whom another account here is connected to.',
  addressIsNotConfirmed: 'Confirm your e-mail address before you connect the issuer to your account.',
  signInDidNotWork: 'The sign-in did not work, or was called off. Try again; the server’s log has the cause.',
  tenantNameExample: 'Acme',
  slugHelp: 'Lower-case letters, digits and dashes. Part of every link.',
  slugRule: 'Lower-case letters, digits and dashes',
  createYourAccount: 'Create your account',
  whatSignUpGives: 'You get a tenant of your own: flows, runs and files that only its members see.',
  confirmYourEmail: 'Confirm your e-mail address',
  confirm: 'Confirm',
  confirmIfYours: (email: string) =>
    `${email} is the address of an account here. Confirm it only if the account is yours.`,
  addressIsConfirmed: (email: string) => `${email} is confirmed.`,
  confirmYourAddress: 'Confirm your address',
}
