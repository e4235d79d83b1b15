import type { TokenList } from '@galley/contract/platform/tokens'
import type { SessionCtx } from '../ctx.ts'
import { listLiveTokens } from './queries.ts'
import { toTokenView } from './view.ts'

/** The caller's live tokens, newest first. */
export async function listTokens(ctx: SessionCtx): Promise<TokenList> {
  const rows = await listLiveTokens(ctx.db, ctx.actor.user.id, ctx.now())
  return { items: rows.map(toTokenView) }
}
