import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type GithubAccount = {
  id: number
  login: string
  name: string | null
  emails: { email: string; primary: boolean; verified: boolean; visibility: string | null }[]
}

/** The part of GitHub that signing in with it needs, as its documentation describes it: OAuth with PKCE, `/user`, `/user/emails`. */
export type GithubServer = {
  url: string
  /** Lets a person in: the address that the browser is sent back to. */
  authorize(url: string, account: GithubAccount): string
  /** Access tokens that are good for something. */
  tokens: Set<string>
  close(): Promise<void>
}

type Options = { clientId: string; clientSecret: string }

/** Listens on loopback. */
export async function startGithubServer({
  clientId,
  clientSecret,
}: Options): Promise<GithubServer> {
  const codes = new Map<
    string,
    { account: GithubAccount; challenge: string; redirectUri: string }
  >()
  const accounts = new Map<string, GithubAccount>()

  const server = createServer((request, response) => {
    void send(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')

  async function send(request: IncomingMessage, response: ServerResponse) {
    const { status, body } = await respond(request)
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body))
  }

  async function respond(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
    const route = `${request.method} ${request.url}`
    if (route === 'POST /login/oauth/access_token') return exchange(await text(request))
    if (route === `DELETE /applications/${clientId}/token`) {
      const { access_token: token } = JSON.parse(await text(request))
      return { status: isClient(request) && accounts.delete(token) ? 204 : 404 }
    }
    const account = accounts.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (!account) return { status: 401, body: { message: 'Bad credentials' } }
    const { emails, ...user } = account
    if (route === 'GET /user') return { status: 200, body: { ...user, type: 'User' } }
    if (route === 'GET /user/emails') return { status: 200, body: emails }
    return { status: 404, body: { message: 'Not Found' } }
  }

  /** Failures have status 200, as at GitHub. */
  function exchange(body: string) {
    const form = new URLSearchParams(body)
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret &&
      form.get('redirect_uri') === code?.redirectUri &&
      challenge === code?.challenge
    if (!code || !isRight) return { status: 200, body: { error: 'bad_verification_code' } }
    const token = `gho_${randomBytes(18).toString('hex')}`
    accounts.set(token, code.account)
    const scope = 'read:user,user:email'
    return { status: 200, body: { access_token: token, scope, token_type: 'bearer' } }
  }

  const isClient = ({ headers }: IncomingMessage) =>
    headers.authorization ===
    `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorize(url, account) {
      const asked = new URL(url).searchParams
      const redirectUri = asked.get('redirect_uri') ?? ''
      const code = randomBytes(10).toString('hex')
      codes.set(code, { account, redirectUri, challenge: asked.get('code_challenge') ?? '' })
      const query = new URLSearchParams({ code, state: asked.get('state') ?? '' })
      return `${redirectUri}?${query.toString()}`
    },
    get tokens() {
      return new Set(accounts.keys())
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
