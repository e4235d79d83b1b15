import { setTimeout as sleep } from 'node:timers/promises'
import type { Backlog } from '@galley/platform/health/backlog'
import { Counter, Gauge, type Registry } from 'prom-client'

const LIMIT_MS = 1_000
const KEEP_MS = 5_000

/** What waits in the database, as it is read for one scrape. */
export type BacklogMeter = {
  /** Reads it, unless that was done within 5 s; takes no longer than 1 s. What cannot be read has no value. */
  refresh(): Promise<void>
}

/** `jobs`: the names of all jobs; other queues in the database, of another version, count as `other`. */
export function createBacklogMeter(
  registry: Registry,
  { read, jobs }: { read: () => Promise<Backlog>; jobs: ReadonlySet<string> },
): BacklogMeter {
  const registers = [registry]
  const labelNames = ['messaging_destination_name']
  // Of several processes one reads it.
  const gauge = (name: string, help: string, names: string[] = []) =>
    new Gauge({ name, help, labelNames: names, aggregator: 'max', registers })
  const waiting = gauge('galley_jobs_waiting', 'Jobs that wait, by name.', labelNames)
  const active = gauge('galley_jobs_active', 'Jobs that run.', labelNames)
  const failed = gauge(
    'galley_jobs_given_up',
    'Jobs given up that an admin has to look at.',
    labelNames,
  )
  const age = gauge('galley_jobs_oldest_seconds', 'How long the oldest job is due.', labelNames)
  const outboxWaiting = gauge('galley_outbox_waiting', 'Events that are not dispatched yet.')
  const outboxLag = gauge('galley_outbox_lag_seconds', 'Age of the oldest of them.')
  const backupAge = gauge('galley_backup_age_seconds', 'How long ago the last backup was taken.')
  const backupMissing = gauge('galley_backup_missing_files', 'Files that the last backup lacks.')
  const siteAge = gauge('galley_site_age_seconds', 'How long ago the site was set up.')
  const failures = new Counter({
    name: 'galley_backlog_read_failures_total',
    help: 'How often the database did not say in time what waits.',
    registers,
  })
  let readAt = -Infinity
  let reading: Promise<void> | undefined
  forget()

  return {
    async refresh() {
      if (performance.now() - readAt < KEEP_MS) return
      // One that hangs is not joined by others at each scrape.
      reading ??= readNow().finally(() => (reading = undefined))
      const timer = new AbortController()
      const late = sleep(LIMIT_MS, 'late', { signal: timer.signal }).catch(() => {})
      const outcome = await Promise.race([reading, late])
      timer.abort()
      if (outcome !== 'late') return
      failures.inc()
      forget()
    },
  }

  async function readNow() {
    try {
      set(await read())
      readAt = performance.now()
    } catch {
      failures.inc()
      forget()
    }
  }

  function set({ queues, outbox, ...ages }: Backlog) {
    forget()
    const oldest = new Map<string, number>()
    for (const queue of queues) {
      const name = jobs.has(queue.name) ? queue.name : 'other'
      const labels = { messaging_destination_name: name }
      waiting.inc(labels, queue.waiting)
      active.inc(labels, queue.active)
      failed.inc(labels, queue.failed)
      oldest.set(name, Math.max(oldest.get(name) ?? 0, queue.oldestSeconds))
    }
    for (const [name, seconds] of oldest) age.set({ messaging_destination_name: name }, seconds)
    outboxWaiting.set(outbox.waiting)
    outboxLag.set(outbox.oldestSeconds)
    if (ages.backupAgeSeconds !== null) backupAge.set(ages.backupAgeSeconds)
    if (ages.backupMissingFiles !== null) backupMissing.set(ages.backupMissingFiles)
    if (ages.siteAgeSeconds !== null) siteAge.set(ages.siteAgeSeconds)
  }

  function forget() {
    for (const perJob of [waiting, active, failed, age]) perJob.reset()
    outboxWaiting.remove()
    outboxLag.remove()
    backupAge.remove()
    backupMissing.remove()
    siteAge.remove()
  }
}
