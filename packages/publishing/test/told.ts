import { listNotifications } from '@galley/platform/notifications/list'
import type { AuthedCtx } from '../src/ctx.ts'

/** What this person was notified of, the newest first. */
export const told = async (ctx: AuthedCtx) =>
  (await listNotifications(ctx, { limit: 50 })).items.map(({ text, path }) => ({ text, path }))
