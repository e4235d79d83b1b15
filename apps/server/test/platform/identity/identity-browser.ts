import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { TestApp } from '../../app.ts'

type Start = { provider?: string; intent?: 'sign-in' | 'link' | 'step-up'; next?: string }

/** A browser as far as sign-in at a provider needs one: it keeps our cookies, and goes where it is sent. */
export function openBrowser(on: Pick<TestApp, 'app'>, cookie = '') {
  const jar = new Map(cookie ? [splitCookie(cookie)] : [])
  const headers = () => ({
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    'sec-fetch-site': 'same-origin',
  })

  async function send(options: InjectOptions): Promise<LightMyRequestResponse> {
    const response = await on.app.inject({
      ...options,
      headers: { ...headers(), ...options.headers },
    })
    for (const { name, value } of response.cookies) {
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  const post = (url: string, payload: object) =>
    send({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })

  return {
    jar,
    send,
    post,
    start: ({ provider = 'company', intent = 'sign-in', next }: Start = {}) =>
      post('/trpc/identities.start', { provider, intent, next }),
    /** Where a start sends the browser. */
    async startAt(options: Start = {}): Promise<string> {
      const response = await this.start(options)
      return response.json().result.data.url
    },
    /** Comes back from a provider: a navigation that another site has begun. */
    comeBack: (callback: string) => {
      const { pathname, search } = new URL(callback)
      return send({
        url: pathname + search,
        headers: { 'sec-fetch-site': 'cross-site', accept: 'text/html' },
      })
    },
    /** The username of who is signed in, or null. */
    async whoAmI(): Promise<string | null> {
      const response = await send({ url: '/trpc/sessions.current' })
      return response.json().result.data.user?.username ?? null
    },
  }
}

export type TestBrowser = ReturnType<typeof openBrowser>

/** Signs in at a real OpenID provider, or declines; returns the address that it sends the browser back to. */
export async function atProvider(url: string, account: string | null): Promise<string> {
  const jar = new Map<string, string>()
  let next = url
  for (let hops = 0; hops < 10; hops += 1) {
    const isChoice = new URL(next).pathname.startsWith('/interaction/')
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isChoice && {
        method: 'POST',
        body: new URLSearchParams(account === null ? {} : { account }),
      }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = splitCookie(line)
      if (value) jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`)
    next = new URL(location, next).href
    if (next.startsWith('https://galley.test/')) return next
  }
  throw new Error('The provider goes round in circles')
}

/** The reason that a redirect carries. */
export const problemOf = ({ headers, statusCode }: LightMyRequestResponse) =>
  statusCode === 303
    ? new URL(String(headers.location), 'https://galley.test').searchParams.get('problem')
    : `status ${statusCode}`

/** `callback` with other parameters; null takes one away. */
export function changed(callback: string, parameters: Record<string, string | null>) {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url.href
}

function splitCookie(line: string): [string, string] {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
