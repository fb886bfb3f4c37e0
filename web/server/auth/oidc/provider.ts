import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { webEnv } from '../../env'

/** What we read of the issuer's claims; `iss` and `sub` together are who it is. */
export const Claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().optional(),
})
export type Claims = z.infer<typeof Claims>

/** The name of the issuer as the pages show it; null where none is set. */
export function oidcName(): string | null {
  const { MILLRACE_OIDC_ISSUER, MILLRACE_OIDC_NAME } = webEnv()
  return MILLRACE_OIDC_ISSUER === undefined ? null : MILLRACE_OIDC_NAME
}

/** The issuer of the settings, as next-auth wants it: one at most. */
export function oidcProviders(): OAuthConfig<Claims>[] {
  const env = webEnv()
  if (env.MILLRACE_OIDC_ISSUER === undefined) return []
  return [
    {
      id: 'oidc',
      name: env.MILLRACE_OIDC_NAME,
      type: 'oauth',
      wellKnown: `${env.MILLRACE_OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: env.MILLRACE_OIDC_CLIENT_ID,
      clientSecret: env.MILLRACE_OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      userinfo: {
        request: async ({ client, tokens }) => {
          const signed = claimsOf(tokens.id_token ?? '')
          const { userinfo_endpoint: endpoint } = client.issuer.metadata
          if (signed.email !== undefined || !endpoint || !tokens.access_token) return signed
          // Many issuers tell the address there alone, unsigned: it must be about the same person.
          const told = Claims.omit({ iss: true }).parse(await client.userinfo(tokens.access_token))
          if (told.sub !== signed.sub) throw new Error('the issuer tells of somebody else than it signed for')
          return { ...told, ...signed }
        },
      },
      profile: claims => ({ id: claims.sub }),
    },
  ]
}

/** What a signed token says; next-auth has checked its signature, issuer, audience, time and nonce. */
function claimsOf(idToken: string): Claims {
  return Claims.parse(JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8')))
}
