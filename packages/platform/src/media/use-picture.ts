import type { Tx } from '@galley/db/client'
import type { AuthedCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { type MediaSubject, setMediaUses } from './uses.ts'

type Chosen = {
  /** Null where it has none from now on. */
  mediaId: string | null
  /** The field of the input, for what it is refused for. */
  path: string
}

/**
 * Has something show one picture, in the place of the one before: one of the caller's own that is ready. Throws
 * `media/not-found`, `media/not-a-picture`, `media/not-ready`.
 */
export async function usePicture(
  { actor, ...ctx }: AuthedCtx,
  tx: Tx,
  subject: MediaSubject,
  { mediaId, path }: Chosen,
): Promise<void> {
  const { id } = actor.user
  const mediaIds = mediaId === null ? [] : [mediaId]
  const [row] = await setMediaUses({ ...ctx, actor }, tx, subject, { mediaIds, ownerIds: [id] })
  if (mediaId === null) return
  const refused = (reason: Reason, message: string) =>
    new AppError(reason, { fields: [{ path, message }] })
  if (!row || row.ownerId !== id) throw refused('media/not-found', 'There is no such picture.')
  if (row.kind !== 'image') throw refused('media/not-a-picture', 'Must be a picture.')
  if (row.state !== 'ready') throw refused('media/not-ready', 'Is not ready yet.')
}

type Reason = 'media/not-found' | 'media/not-a-picture' | 'media/not-ready'
