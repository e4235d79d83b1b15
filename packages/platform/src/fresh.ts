import type { Ctx, Via } from './ctx.ts'

/** How long a sign-in or a step-up counts as fresh (OWASP ASVS 5.0 V7.5). */
export const FRESH_MINUTES = 10

/** Whether the person proved in the last ten minutes who they are; a token proves nothing of the kind. */
export const isFresh = (ctx: Pick<Ctx, 'now'>, via: Via) =>
  via.kind === 'session' &&
  ctx.now().getTime() - via.authenticatedAt.getTime() <= FRESH_MINUTES * 60_000
