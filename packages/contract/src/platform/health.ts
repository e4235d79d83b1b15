import { z } from 'zod'
import { Count, Timestamp } from '../primitives.ts'

const Amount = z.number().nonnegative()

/** How a part that the server works with is, and after how long that was known; `silent`: no worker has shown itself lately. */
export const HealthCheck = z.object({
  part: z.string(),
  state: z.enum(['ok', 'slow', 'silent', 'down']),
  ms: Amount,
})
export type HealthCheck = z.output<typeof HealthCheck>

/** A moment of the last hour; what is a rate is of the time since the moment before. */
const HealthMoment = z.object({
  at: Timestamp,
  requestsPerSecond: Amount,
  failedPerSecond: Amount,
  /** Null where there were no requests. */
  p95Ms: Amount.nullable(),
  eventLoopMs: Amount,
  memoryBytes: Count,
})

/** Calls of one procedure in the last hour. */
const ProcedureHealth = z.object({
  path: z.string(),
  calls: Count,
  /** Ended with an error that is the server's. */
  failed: Count,
  p50Ms: Amount,
  p95Ms: Amount,
})

/** What the processes of one server have measured, together; counts are of the time since `since`. */
export const MeasuredHealth = z.object({
  since: Timestamp,
  moments: z.array(HealthMoment).max(61),
  /** The busiest first. */
  procedures: z.array(ProcedureHealth).max(10),
  processes: Count,
  uptimeSeconds: Amount,
  connections: z.object({ used: Count, limit: Count, waiting: Count }),
  refused: z.object({ tooManyAtOnce: Count, allowanceUsedUp: Count }),
  mail: z.object({ sent: Count, failed: Count }),
  /** Reads of public answers. */
  cache: z.object({ reads: Count, fromMemory: Count, bytes: Count }),
  streams: Count,
})
export type MeasuredHealth = z.output<typeof MeasuredHealth>

const JobHealth = z.object({
  name: z.string(),
  waiting: Count,
  active: Count,
  failed: Count,
  /** How long the oldest job is due that no worker has taken. */
  oldestSeconds: Amount,
})

/** A site is without a backup for too long then; the alert in `deploy/` says the same. Where one of every night failed, the last is so old. */
export const BACKUP_LATE_HOURS = 36

/** What waits in the database. */
const BacklogHealth = z.object({
  /** Those that wait, run or were given up. */
  jobs: z.array(JobHealth),
  outbox: z.object({ waiting: Count, oldestSeconds: Amount }),
  /** How long ago the last backup was taken; null where none was. */
  backupAgeSeconds: Amount.nullable(),
  /** How many files the storage lacked when it was taken. */
  backupMissingFiles: Count.nullable(),
  /** How long ago the site was set up, where that was written down. */
  siteAgeSeconds: Amount.nullable(),
})

export const HealthView = z.object({
  at: Timestamp,
  checks: z.array(HealthCheck),
  /** Null where the database does not say. */
  backlog: BacklogHealth.nullable(),
  /** Null where this server measures nothing. */
  measured: MeasuredHealth.nullable(),
})
export type HealthView = z.output<typeof HealthView>
