import { authText } from '#text/auth'

/** What the server, or next-auth, puts into the address after a sign-in at the issuer that did not work. */
const problems: Record<string, string> = {
  OidcNoEmail: authText.issuerToldNoAddress,
  OidcAddressTaken: authText.addressIsTaken,
  OidcIdentityTaken: authText.issuerAccountIsTaken,
  OidcUnverified: authText.addressIsNotConfirmed,
}
const unknown = authText.signInDidNotWork

export function problemOfAddress(error: string | undefined): string | undefined {
  return error === undefined ? undefined : (problems[error] ?? unknown)
}
