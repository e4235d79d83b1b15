import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Adapter, type AdapterPayload, type Configuration, Provider } from 'oidc-provider'

/** The claims of one person; `sub` is their id there. */
export type OpenIdAccount = { sub: string } & Record<string, unknown>

/** What an endpoint does instead of its work. */
export type Fault = 'error' | 'garbage' | 'huge' | 'silence'

export type OpenIdClient = { id: string; secret: string; redirectUri: string }

/** A real OpenID provider of one client, whose people sign in by choosing who they are. */
export type OpenIdProvider = {
  issuer: string
  client: OpenIdClient
  /** Who has an account there, by `sub`; may be changed while it runs. */
  accounts: Map<string, OpenIdAccount>
  /** Endpoints by their path (`/token`) that do not work; may be changed while it runs. */
  faults: Map<string, Fault>
  /** Method and path of every request, oldest first. */
  requests: string[]
  close(): Promise<void>
}

type Options = { port?: number; client: OpenIdClient; accounts?: OpenIdAccount[] }

/** Listens on loopback, on a free port unless one is named: oidc-provider with its default rules, and PKCE required. */
export async function startOpenIdProvider(options: Options): Promise<OpenIdProvider> {
  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const accounts = new Map((options.accounts ?? []).map((account) => [account.sub, account]))
  const faults = new Map<string, Fault>()
  const requests: string[] = []
  const provider = new Provider(issuer, configure(options.client, accounts))
  const answerProperly = provider.callback()

  async function respond(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? '/', issuer)
    requests.push(`${request.method} ${pathname}`)
    const fault = faults.get(pathname)
    if (fault) return fail(response, fault)
    if (!pathname.startsWith('/interaction/')) return answerProperly(request, response)
    if (request.method === 'GET') return choicePage(response, accounts)
    const chosen = new URLSearchParams(await text(request)).get('account')
    const result = chosen === null ? denial : { login: { accountId: chosen } }
    return provider.interactionFinished(request, response, result)
  }

  return {
    issuer,
    client: options.client,
    accounts,
    faults,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Clients revoke their own tokens. */
const allowedPolicy = (_ctx: unknown, client: { clientId: string }, token: { clientId?: string }) =>
  token.clientId === client.clientId

const denial = { error: 'access_denied', error_description: 'The person declined.' }

function configure(
  { id, secret, redirectUri }: OpenIdClient,
  accounts: Map<string, OpenIdAccount>,
): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    adapter: createOpenIdStore(),
    clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true, allowedPolicy } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    findAccount: (_ctx, sub) => {
      const claims = accounts.get(sub)
      return claims && { accountId: sub, claims: () => ({ ...claims }) }
    },
    // Signing in there is consent: the one client is its own.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: id,
        accountId: oidc.session?.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
  }
}

function choicePage(response: ServerResponse, accounts: Map<string, OpenIdAccount>) {
  const buttons = [...accounts.keys()].map(
    (sub) => `<button name="account" value="${sub}">Sign in as ${sub}</button>`,
  )
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="en"><title>Provider</title>
    <form method="post">${buttons.join('')}<button>Decline</button></form></html>`)
}

function fail(response: ServerResponse, fault: Fault) {
  response.setHeader('content-type', 'application/json')
  if (fault === 'error') response.writeHead(500).end('{"error":"server_error"}')
  else if (fault === 'garbage') response.end('{"access_token": <html>')
  else if (fault === 'huge') response.end(`{"access_token":"${'x'.repeat(20_000_000)}"}`)
  // Silence: the connection stays open until one side gives up.
}

/** What a provider remembers, as long as it runs. */
function createOpenIdStore() {
  const entries = new Map<string, { payload: AdapterPayload; until: number }>()

  const live = () =>
    [...entries.values()].flatMap(({ payload, until }) => (Date.now() < until ? [payload] : []))

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`
    const find = async (id: string) => {
      const entry = entries.get(keyOf(id))
      return entry && Date.now() < entry.until ? entry.payload : undefined
    }
    return {
      find,
      async upsert(id, payload, expiresIn) {
        const seconds = expiresIn || Number.POSITIVE_INFINITY
        entries.set(keyOf(id), { payload, until: Date.now() + seconds * 1000 })
      },
      findByUid: async (uid) => live().find((payload) => payload.uid === uid),
      findByUserCode: async (userCode) => live().find((payload) => payload.userCode === userCode),
      async consume(id) {
        const payload = await find(id)
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        entries.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of entries) {
          if (payload.grantId === grantId) entries.delete(key)
        }
      },
    }
  }
}
