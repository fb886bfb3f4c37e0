/** A value by its key, of those that an operator gave with the environment. */
export type EnvironmentSecrets = (key: string) => string | undefined

/**
 * Kestra's way to give secrets: `SECRET_<KEY>`, in Base64. All tenants may read them, so that a hosted installation has
 * none.
 */
export function environmentSecrets(
  env: { readonly [name: string]: string | undefined },
  policy: 'local' | 'hosted',
): EnvironmentSecrets {
  return key => {
    const value = policy === 'local' ? env[`SECRET_${key.toUpperCase()}`] : undefined
    return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8')
  }
}
