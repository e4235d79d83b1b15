// RE2 RE11 Workers are killed while articles fall due: each is published once, and none is forgotten.
import { articles, auditLog, outbox } from '@galley/db/schema'
import { createJobs } from '@galley/jobs/create-jobs'
import { applySchedule } from '@galley/publishing/articles/apply-schedule'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { startProgram } from '../program.ts'

const database = useTestDatabase()

const EACH_TIME = 15
const KILLS = 3
const ARTICLES = (KILLS + 1) * EACH_TIME

function startWorker() {
  const worker = startProgram('worker.ts', { DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  onTestFinished(() => void worker.kill('SIGKILL'))
  return {
    async end(signal: 'SIGKILL' | 'SIGTERM') {
      worker.kill(signal)
      await worker.exit
    },
  }
}

const published = () => database.db.$count(articles, eq(articles.status, 'published'))

/** Rendered when their time comes, so that there is something to be killed in. */
async function letFallDue(authorId: string) {
  const scheduledAt = new Date(Date.now() - 60_000)
  const due = { scheduledAt, scheduledZone: 'UTC', scheduledBy: authorId }
  const text = { body: 'A *long* text.\n\n'.repeat(400), renderVersion: 0 }
  for (let n = 0; n < EACH_TIME; n += 1) {
    const values = { authorId, status: 'scheduled', publishedAt: null } as const
    await insertArticle(database.db, { ...values, ...text, ...due })
  }
}

test('what falls due is published once, however often its workers are killed', async () => {
  const { id: authorId } = await insertUser(database.db)
  await using jobs = createJobs({ url: database.url, db: database.db })
  const leaveJob = () => jobs.queue.enqueue(database.db, applySchedule, {})
  for (let kills = 0; kills < KILLS; kills += 1) {
    await letFallDue(authorId)
    await leaveJob()
    await leaveJob()
    const before = await published()
    const workers = [startWorker(), startWorker()]
    await expect.poll(published, { interval: 5, timeout: 60_000 }).toBeGreaterThan(before)
    await Promise.all(workers.map((each) => each.end('SIGKILL')))
  }
  await letFallDue(authorId)
  await leaveJob()
  const last = startWorker()
  await expect.poll(published, { timeout: 60_000 }).toBe(ARTICLES)
  await last.end('SIGTERM')
  const events = await database.db.$count(outbox, eq(outbox.event, 'article.published'))
  const entries = await database.db.$count(auditLog, eq(auditLog.action, 'article.published'))
  expect({ events, entries }).toEqual({ events: ARTICLES, entries: ARTICLES })
}, 240_000)
