import type { MediaById, MediaUses, MediaView } from '@galley/contract/platform/media'
import { mediaUses } from '@galley/db/schema'
import { desc, eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { canSeeMedia } from './policy.ts'
import { getMediaRow } from './queries.ts'
import { toMediaView } from './view.ts'

/** A file of one's own; admins see those of others too. */
export async function getMedia(ctx: AuthedCtx, { id }: MediaById): Promise<MediaView> {
  const row = await getMediaRow(ctx.db, id)
  authorize(canSeeMedia(ctx.actor, row))
  return toMediaView(row)
}

/** More than this of one file nobody looks through. */
const MOST_USES = 200

/** Where a file is used, last first. */
export async function listMediaUses(ctx: AuthedCtx, { id }: MediaById): Promise<MediaUses> {
  const row = await getMediaRow(ctx.db, id)
  authorize(canSeeMedia(ctx.actor, row))
  const uses = await ctx.db
    .select()
    .from(mediaUses)
    .where(eq(mediaUses.mediaId, id))
    .orderBy(desc(mediaUses.createdAt), desc(mediaUses.subjectId))
    .limit(MOST_USES)
  return {
    items: uses.map(({ subjectKind, subjectId, title, isPublic }) => ({
      subject: { kind: subjectKind, id: subjectId, title },
      isPublic,
    })),
  }
}
