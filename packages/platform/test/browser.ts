import { userActor } from '../src/actor.ts'
import type { CookieName, Ctx, SessionCtx } from '../src/ctx.ts'
import type { useTestDomain } from './context.ts'

let addresses = 0

/** A browser at an address of its own: it keeps its cookies, and each call is a request with them. */
export function openBrowser(domain: Pick<ReturnType<typeof useTestDomain>, 'anonymous'>) {
  const jar = new Map<CookieName, string>()
  const cookies = {
    get: (name: CookieName) => jar.get(name),
    set: (name: CookieName, value: string) => void jar.set(name, value),
    clear: (name: CookieName) => void jar.delete(name),
    clearSiteData: () => {},
  }
  const number = ++addresses
  const client = { ip: `10.0.${number >> 8}.${number & 255}`, userAgent: `browser ${number}` }

  async function request(): Promise<Ctx> {
    const anonymous = domain.anonymous({ cookies, client })
    return (await signedIn(anonymous)) ?? anonymous
  }
  async function signedIn(ctx: Ctx): Promise<SessionCtx | null> {
    const found = await ctx.sessions.validate(ctx.db, jar.get('session') ?? '')
    if (!found) return null
    const { id: sessionId, authenticatedAt } = found.session
    const via = { kind: 'session', sessionId, authenticatedAt } as const
    return { ...ctx, actor: { ...userActor(found.user, via, ctx.now()), via } }
  }
  return {
    jar,
    client,
    request,
    /** The same of somebody signed in; throws for anybody else. */
    async session(): Promise<SessionCtx> {
      const ctx = await signedIn(domain.anonymous({ cookies, client }))
      if (!ctx) throw new Error('Nobody is signed in to this browser')
      return ctx
    },
  }
}

/** The token of the link in a mail. */
export function tokenIn({ text }: { text: string }): string {
  const [, token] = /\?token=([\w-]+)/.exec(text) ?? []
  if (token === undefined) throw new Error('There is no link in this mail')
  return token
}
