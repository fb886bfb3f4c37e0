import { readSecret } from '#db/secrets/read-secret'
import type { CallArguments } from '#language/expressions/types'
import type { TenantScope } from '../access/tenant-scope'
import { secretServices } from './secret-services'

/** What `secret()` of an expression of a flow comes to; `texts` takes all that is secret of it. Rejects with a SecretError. */
export async function answerSecret(
  { tenantId }: TenantScope,
  namespace: string,
  args: CallArguments,
  texts: string[],
): Promise<string> {
  const text = (position: number, name: string) => {
    const value = args.named[name] ?? args.positional[position]
    return value === undefined || value === null ? undefined : String(value)
  }
  const request = { key: text(0, 'key') ?? '', namespace: text(1, 'namespace'), subkey: text(2, 'subkey') }
  const { value, whole } = await readSecret(secretServices().store, { tenantId, namespace }, request)
  texts.push(whole, value)
  return value
}

/** Shorter texts are in every other word. */
const shortestSecret = 3

/** Whether a text is one of these secrets or holds one. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some(secret => text === secret || (secret.length >= shortestSecret && text.includes(secret)))
}
