import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

export type IssuerPerson = { sub: string; email?: string; email_verified?: boolean; name?: string }

export type OidcIssuer = Awaited<ReturnType<typeof startOidcIssuer>>

/**
 * A real OIDC issuer at which somebody is always at the keyboard: whoever `signsIn` says signs in and consents; where it
 * is null they refuse. Claims but `sub` are told by the userinfo endpoint alone, and PKCE is demanded.
 */
export async function startOidcIssuer(client: { id: string; secret: string; redirectUri: string }) {
  const people = new Map<string, IssuerPerson>()
  const state: { signsIn: IssuerPerson | null } = { signsIn: null }
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port')
  const url = `http://127.0.0.1:${address.port}`
  const provider = new Provider(url, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of the tests'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
  })
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return await next()
    const { params } = await provider.interactionDetails(ctx.req, ctx.res)
    await provider.interactionFinished(ctx.req, ctx.res, await answer(String(params.client_id)))
    ctx.respond = false
  })
  async function answer(clientId: string) {
    if (state.signsIn === null) return { error: 'access_denied', error_description: 'they would rather not' }
    const { sub } = state.signsIn
    people.set(sub, state.signsIn)
    const grant = new provider.Grant({ accountId: sub, clientId })
    grant.addOIDCScope('openid email profile')
    return { login: { accountId: sub }, consent: { grantId: await grant.save() } }
  }
  server.on('request', provider.callback())
  return {
    url,
    /** Who sits there from now on. */
    seat(person: IssuerPerson | null) {
      state.signsIn = person
    },
    async stop() {
      server.closeAllConnections()
      await new Promise<void>(resolve => void server.close(() => resolve()))
    },
  }
}
