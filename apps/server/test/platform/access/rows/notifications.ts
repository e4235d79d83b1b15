import { jobRuns, notifications } from '@galley/db/schema'
import { randomUUIDv7 } from 'node:crypto'
import { nobodyElse, noTokens, row, signedInScoped, type Row } from '../row.ts'
import type { World } from '../world.ts'

/** What the owner was told of a job of theirs. */
async function notification({ db, owner }: World) {
  const jobId = randomUUIDv7()
  await db.insert(jobRuns).values({ id: jobId, job: 'reports.build', ownerId: owner.id })
  const id = randomUUIDv7()
  await db.insert(notifications).values({
    id,
    userId: owner.id,
    kind: 'job-finished',
    key: jobId,
    subjectKind: 'job',
    subjectId: jobId,
    inApp: true,
    email: 'off',
  })
  return { id }
}

const notOthers = {
  ...nobodyElse('notification/not-found'),
  readerToken: 'notification/not-found',
  adminToken: 'notification/not-found',
} as const

const oneself = { ...signedInScoped, otherwise: 'ok' } as const
const byLink = { ...noTokens, otherwise: 'link/invalid' } as const

/** People's own notifications, for suspended ones too; a link in a mail says itself whose they are. */
export const rows: Row[] = [
  row('notifications.list', oneself, () => ({})),
  row('notifications.unread', oneself),
  row('notifications.markRead', { ...oneself, ...notOthers }, notification),
  row('notifications.markAllRead', oneself, () => ({})),
  row('notifications.preferences', oneself),
  row('notifications.updatePreferences', oneself, () => ({
    items: [{ kind: 'job-finished', inApp: true, email: 'daily' }],
  })),
  row('notifications.subscription', byLink, () => ({ token: 'forged' })),
  row('notifications.unsubscribe', byLink, () => ({ token: 'forged' })),
]
