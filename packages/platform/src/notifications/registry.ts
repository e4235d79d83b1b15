import type { NotificationKind } from '@galley/contract/notification-kinds'
import type { Role } from '@galley/contract/platform/users'
import type { Queryable } from '@galley/db/client'
import type { notifications } from '@galley/db/schema'
import type { SQL } from 'drizzle-orm'
import { jobSubject } from './job-finished.ts'

type Row = typeof notifications.$inferSelect

/** For whom notifications are looked up: an e-mail is written for somebody who does not call. */
export type Recipient = { id: string; role: Role }

/** What notifications are about. */
export type NotificationSubject = {
  /** The condition, on a row of `notifications`, that its recipient may see what it is about. */
  isVisible(db: Queryable, recipient: Recipient): SQL
  /** What each is called, and the path of the page that shows it; one that is gone is left out. */
  describe(db: Queryable, ids: readonly string[]): Promise<Described[]>
}

export type Described = { id: string; title: string; path: string }

/** What a sentence is made of; `actor` is null where nobody in particular caused it. */
export type Facts = { actor: string | null; title: string; data: Row['data'] }

/** What a part of the product adds: words for its kinds, and what they are about. */
export type NotificationPart = {
  sentences: Partial<Record<NotificationKind, (facts: Facts) => string>>
  /** By the names that stand in `subject_kind`. */
  subjects: Readonly<Record<string, NotificationSubject>>
  /** Jobs whose end their owner is told of, by their names, and where it is seen. */
  jobs: Readonly<Record<string, { title: string; path: string }>>
}

export type NotificationRegistry = NotificationPart

/** What the platform tells of by itself, and what the parts add. */
export function joinNotifications(parts: readonly NotificationPart[]): NotificationRegistry {
  const jobs: NotificationPart['jobs'] = Object.assign({}, ...parts.map((part) => part.jobs))
  return {
    sentences: Object.assign(
      { 'job-finished': ({ title, data }: Facts) => `${title} ${data.outcome}.` },
      ...parts.map(({ sentences }) => sentences),
    ),
    subjects: Object.assign({ job: jobSubject(jobs) }, ...parts.map(({ subjects }) => subjects)),
    jobs,
  }
}
