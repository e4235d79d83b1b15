import { exampleNotification } from '@galley/api/routers/platform/notifications.docs'
import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { jobRuns, notifications } from '@galley/db/schema'

export async function create(db: Db) {
  const { id, kind, subject, createdAt } = exampleNotification
  const userId = exampleUser.id
  await db.insert(jobRuns).values({ id: subject.id, job: 'reports.build', ownerId: userId })
  await db.insert(notifications).values({
    id,
    userId,
    kind,
    key: subject.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    data: { outcome: 'is done' },
    inApp: true,
    email: 'off',
    createdAt: new Date(createdAt),
  })
}
