import { randomUUIDv7 } from 'node:crypto'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { sweepEntries } from './queries.ts'

export const sweepAudit: JobDefinition<Record<string, never>> = {
  name: 'audit.sweep',
  payload: z.strictObject({}),
  cron: '15 4 * * *',
  timeoutSeconds: 60 * 60,
}

const DAY_MS = 86_400_000
const BATCH = 5_000

/** Takes away entries of the audit log that are older than they are kept. Each batch leaves an entry that says how many. */
export async function deleteOldEntries(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - ctx.auditLog.keptDays * DAY_MS)
  let count = 0
  for (let swept = BATCH; swept === BATCH; count += swept) {
    const entry = { id: randomUUIDv7(), requestId: ctx.requestId }
    swept = await sweepEntries(ctx.db, { before, most: BATCH, entry })
  }
  ctx.log.info({ count }, 'old entries of the audit log deleted')
}
