import { Id } from '@galley/contract/primitives'
import { events, type EventPayload } from '@galley/contract/events'
import { mediaUses } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { markStale } from './internal.ts'

/** Has articles show a picture as it is by now. */
export const refreshPicture: JobDefinition<{ mediaId: string }> = {
  name: 'articles.refresh-picture',
  payload: z.object({ mediaId: Id }),
}

export async function markUsers({ db }: Ctx, { mediaId }: { mediaId: string }): Promise<void> {
  const used = await db
    .select({ id: mediaUses.subjectId })
    .from(mediaUses)
    .where(and(eq(mediaUses.mediaId, mediaId), eq(mediaUses.subjectKind, 'article')))
  await markStale(db, ...used.map(({ id }) => id))
}

/** The same for one that is gone: its uses are gone with it. */
export const forgetPicture: JobDefinition<EventPayload<'media.deleted'>> = {
  name: 'articles.forget-picture',
  payload: events['media.deleted'],
}

export async function markFormerUsers(
  { db }: Ctx,
  { subjects }: EventPayload<'media.deleted'>,
): Promise<void> {
  const articles = subjects.filter(({ kind }) => kind === 'article')
  await markStale(db, ...articles.map(({ id }) => id))
}
