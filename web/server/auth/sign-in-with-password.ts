import { checkPassword } from './check-password'
import { checkCode } from './second-factor/check-code'
import { createSession, type Device } from './session'

/** What the sign-in page is told when the password is right and the account has a second factor. */
export const codeRequired = 'CodeRequired'

type Credentials = { email: string; password: string; code?: string }

/**
 * A session for whoever knows the password and, where the account has a second factor, its code. null for a wrong password
 * and for a wrong code, which read the same; throws `codeRequired` where the code is missing.
 */
export async function signInWithPassword(given: Credentials, device: Device): Promise<{ id: string } | null> {
  const { email, password, code } = given
  const { clientIp } = device
  const user = await checkPassword({ email, password, clientIp })
  if (user === null) return null
  const check = await checkCode({ userId: user.id, code, clientIp })
  if (check === 'missing') throw new Error(codeRequired)
  return check === 'wrong' ? null : { id: (await createSession(user.id, device)).id }
}
