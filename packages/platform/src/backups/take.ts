import { BackupError, type Backups, type TakenBackup } from '@galley/backup/backups'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { repeatable, type RegisteredJob } from '../job-registry.ts'

/** Takes a backup, and writes down that it was taken, or why not. Throws BackupError. */
export async function takeBackup(
  ctx: Ctx,
  backups: Backups,
  options: Parameters<Backups['take']>[0] = {},
): Promise<TakenBackup> {
  let taken: TakenBackup
  try {
    taken = await backups.take(options)
  } catch (error) {
    ctx.log.error({ err: error }, 'no backup was taken')
    const reason = error instanceof BackupError ? error.message : 'See the log.'
    await record(ctx, 'backup.failed', '', { reason })
    throw error
  }
  const { name, bytes, rows, files, missing, notRemoved } = taken
  const details = { bytes, rows, files, missing: missing.length }
  ctx.log.info({ backup: name, ...details }, 'backup taken')
  if (missing.length > 0) {
    ctx.log.error(
      { backup: name, missing: missing.slice(0, 20) },
      'files are missing in the storage',
    )
  }
  if (notRemoved) ctx.log.error({ err: notRemoved, backup: name }, 'old backups were not removed')
  await record(ctx, 'backup.taken', name, details)
  return taken
}

/** It may be the database that is away; the backup, or what kept it, is what matters. */
async function record(
  ctx: Ctx,
  action: 'backup.taken' | 'backup.failed',
  id: string,
  after: Record<string, unknown>,
) {
  try {
    await transact(ctx, (tx) =>
      recordAudit(ctx, tx, { action, target: { type: 'backup', id }, after }),
    )
  } catch (error) {
    ctx.log.error({ err: error, action }, 'the audit log could not be written')
  }
}

const HOURS = 60 * 60

/** By the clock, `cron` in UTC: once, on one of the workers. What is cut off is begun again, and leaves nothing. */
export const scheduledBackup = (backups: Backups, cron: string): RegisteredJob =>
  repeatable({ ...takeBackups, cron }, async (ctx, _payload, { signal }) => {
    await takeBackup(ctx, backups, { signal })
  })

const takeBackups: JobDefinition<Record<string, never>> = {
  name: 'backups.take',
  payload: z.strictObject({}),
  retries: 2,
  timeoutSeconds: 12 * HOURS,
  concurrency: 1,
}
