import { userActor } from '../src/actor.ts'
import type { Ctx, SessionCtx } from '../src/ctx.ts'
import type { Jar } from './by-cookies.ts'
import type { useTestDomain } from './context.ts'

let addresses = 0

/** A browser at an address of its own: it keeps its cookies, and each call is a request with them. */
export function openBrowser(domain: Pick<ReturnType<typeof useTestDomain>, 'anonymous'>) {
  const jar: Jar = new Map()
  const number = ++addresses
  const client = { ip: `10.0.${number >> 8}.${number & 255}`, userAgent: `browser ${number}` }

  async function request(): Promise<Ctx & { jar: Jar }> {
    const anonymous = { ...domain.anonymous({ client }), jar }
    return (await signedIn(anonymous)) ?? anonymous
  }
  async function signedIn<C extends Ctx>(ctx: C): Promise<(C & SessionCtx) | null> {
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
    async session(): Promise<SessionCtx & { jar: Jar }> {
      const ctx = await signedIn({ ...domain.anonymous({ client }), jar })
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
