import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { BackupKey, type Backups } from '@galley/backup/backups'
import { createBackups } from '@galley/backup/create-backups'
import { namedObjects } from '@galley/platform/media/named-objects'
import type { Storage } from '@galley/storage/storage'
import { CronExpressionParser } from 'cron-parser'
import { z } from 'zod'
import { int } from './numbers.ts'
import manifest from '../../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Five fields of digits, `*`, `,`, `-` and `/`, which the queue of jobs can read: a worker that cannot keep its timetable runs no jobs. */
function isCron(text: string): boolean {
  if (!/^[\d*,/-]+(?: [\d*,/-]+){4}$/.test(text)) return false
  try {
    CronExpressionParser.parse(text, { tz: 'UTC' })
    return true
  } catch {
    return false
  }
}

/** Where backups go, when, and how. */
export const backupVariables = {
  BACKUP_DIR: z
    .string()
    .optional()
    .describe(
      'The folder for backups; a relative one begins where Galley is installed. The same for every worker: one that all of them share, or each has what it took.',
    ),
  BACKUP_SCHEDULE: z
    .string()
    .refine(isCron, 'it must be five fields of a cron expression, such as 30 2 * * *')
    .optional()
    .describe(
      'When a worker takes a backup by itself, a cron expression in UTC: 30 2 * * * is half past two every night. Never unless set.',
    ),
  BACKUP_KEEP: int(1, 1000)
    .default(7)
    .describe(
      'How many backups stay in the folder: the oldest is removed after one more was taken.',
    ),
  BACKUP_KEY: BackupKey.optional().describe(
    'Encrypts backups: AGE-SECRET-KEY-1..., or age1... where they are only taken. pnpm galley backup key makes both.',
  ),
  BACKUP_FILES: z
    .enum(['yes', 'no'])
    .default('yes')
    .describe(
      'Whether uploaded files go along: yes, or no where their store has copies of its own.',
    ),
  BACKUP_PG_DUMP: z
    .enum(['yes', 'no'])
    .default('yes')
    .describe(
      'Whether pg_dump reads the database where it is installed and new enough: yes, or no to read it as text.',
    ),
}

type BackupEnv = z.output<z.ZodObject<typeof backupVariables>>

/** What the variables of backups lack together. */
export function backupProblems(env: BackupEnv): string[] {
  if (env.BACKUP_SCHEDULE === undefined || env.BACKUP_DIR !== undefined) return []
  return ['BACKUP_SCHEDULE is set, but BACKUP_DIR is missing.']
}

export const createBackupsOf = (
  env: BackupEnv & { DATABASE_URL: string; DATABASE_DIRECT_URL?: string | undefined },
  storage: Storage,
): Backups =>
  createBackups({
    url: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    storage,
    objects: namedObjects,
    version: manifest.version,
    folder: env.BACKUP_DIR && path.resolve(root, env.BACKUP_DIR),
    keep: env.BACKUP_KEEP,
    key: env.BACKUP_KEY,
    withFiles: env.BACKUP_FILES === 'yes',
    usePgDump: env.BACKUP_PG_DUMP === 'yes',
  })
