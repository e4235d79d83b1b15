import { notifications } from '@galley/db/schema'
import type { Cases } from '../case.ts'

export const cases: Cases = {
  'notifications.markRead': async ({ db, caller }) => {
    const [row] = await db
      .insert(notifications)
      .values({
        userId: caller.id,
        kind: 'job-finished',
        key: 'a job',
        subjectKind: 'job',
        subjectId: caller.id,
        inApp: true,
        email: 'off',
      })
      .returning()
    return { input: { id: row?.id } }
  },
  'notifications.markAllRead': async () => ({ input: {} }),
  'notifications.updatePreferences': async () => ({
    input: { items: [{ kind: 'job-finished', inApp: true, email: 'daily' }] },
  }),
}
