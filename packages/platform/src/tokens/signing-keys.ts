import type { AuditAction } from '@galley/contract/audit-actions'
import type { Tx } from '@galley/db/client'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'

/** A new key signs access tokens from now on; the one before verifies until its last token has expired. */
export function rotateSigningKeys(ctx: Ctx): Promise<{ kid: string }> {
  return transact(ctx, async (tx) => {
    const kid = await ctx.signingKeys.rotate(tx)
    await record(ctx, tx, 'signing-key.rotated', kid)
    return { kid }
  })
}

/**
 * The drill for a leaked key: every access token dies at once, on every process. API clients get new ones for their
 * refresh tokens, which no key signs.
 */
export function revokeSigningKeys(ctx: Ctx): Promise<{ kid: string }> {
  return transact(ctx, async (tx) => {
    const kid = await ctx.signingKeys.revokeAll(tx)
    await record(ctx, tx, 'signing-key.all-revoked', kid)
    return { kid }
  })
}

const record = (ctx: Ctx, tx: Tx, action: AuditAction, kid: string) =>
  recordAudit(ctx, tx, { action, target: { type: 'signing-key', id: kid } })

/** Every month. A month that is missed does no harm: keys live for two, and one near its end is replaced when asked for. */
export const rotateKeys: JobDefinition<Record<string, never>> = {
  name: 'signing-keys.rotate',
  payload: z.strictObject({}),
  cron: '10 3 1 * *',
}
