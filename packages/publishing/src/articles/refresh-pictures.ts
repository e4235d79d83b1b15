import { Id } from '@galley/contract/primitives'
import { events, type EventPayload } from '@galley/contract/events'
import { mediaUses } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { emit } from '@galley/platform/events/emit'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { markStale } from './internal.ts'

/** Has articles show a picture as it is by now. */
export const refreshPicture: JobDefinition<{ mediaId: string }> = {
  name: 'articles.refresh-picture',
  payload: z.object({ mediaId: Id }),
}

export async function markUsers(ctx: Ctx, { mediaId }: { mediaId: string }): Promise<void> {
  const used = await ctx.db
    .select({ id: mediaUses.subjectId })
    .from(mediaUses)
    .where(and(eq(mediaUses.mediaId, mediaId), eq(mediaUses.subjectKind, 'article')))
  await markAndTell(
    ctx,
    used.map(({ id }) => id),
  )
}

/** What was read since the event, and is kept, still shows the picture as it was. */
const markAndTell = (ctx: Ctx, ids: string[]): Promise<void> =>
  transact(ctx, async (tx) => {
    if (await markStale(tx, ...ids)) await emit(ctx, tx, 'texts.outdated', {})
  })

/** The same for one that is gone: its uses are gone with it. */
export const forgetPicture: JobDefinition<EventPayload<'media.deleted'>> = {
  name: 'articles.forget-picture',
  payload: events['media.deleted'],
}

export async function markFormerUsers(
  ctx: Ctx,
  { subjects }: EventPayload<'media.deleted'>,
): Promise<void> {
  const articles = subjects.filter(({ kind }) => kind === 'article')
  await markAndTell(
    ctx,
    articles.map(({ id }) => id),
  )
}
