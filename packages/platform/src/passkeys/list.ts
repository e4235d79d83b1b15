import type { PasskeyList } from '@galley/contract/platform/passkeys'
import type { SessionCtx } from '../ctx.ts'
import { listByOwner } from './queries.ts'
import { toPasskeyView } from './view.ts'

/** The caller's own, oldest first. */
export async function listPasskeys(ctx: SessionCtx): Promise<PasskeyList> {
  const rows = await listByOwner(ctx.db, ctx.actor.user.id)
  return { items: rows.map(toPasskeyView) }
}
