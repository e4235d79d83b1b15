import { pictureIdsIn } from '@galley/contract/publishing/pictures'
import { pictureUrl, type Picture } from '@galley/contract/platform/media'
import type { Tx } from '@galley/db/client'
import type { Pictures, UsedPicture } from '@galley/markdown/renderer'
import { viewerId } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { findPictures, findUndescribed, toPictures } from '@galley/platform/media/get'
import { moveMediaUses, setMediaUses, type MediaViewer } from '@galley/platform/media/uses'
import type { Ctx } from '../ctx.ts'
import { isPublic } from './policy.ts'
import type { ArticleRow } from './queries.ts'

/** More than the renderer shows. */
const MOST_PICTURES = 250

/** The files that an article refers to: its cover first. */
export const mediaIdsOf = ({
  body,
  coverMediaId,
}: Pick<ArticleRow, 'body' | 'coverMediaId'>): string[] => [
  ...(coverMediaId === null ? [] : [coverMediaId]),
  ...pictureIdsIn(body).slice(0, MOST_PICTURES),
]

/** What the renderer has to know of the pictures of a text. */
export async function shownPictures(ctx: Ctx, body: string, by: MediaViewer): Promise<Pictures> {
  const ids = pictureIdsIn(body).slice(0, MOST_PICTURES)
  return toShown(await findPictures(ctx.db, ids, by))
}

const toShown = (pictures: Picture[]): Pictures =>
  Object.fromEntries(
    pictures
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((picture) => [
        picture.id,
        {
          width: picture.width,
          height: picture.height,
          alt: picture.decorative ? '' : picture.alt || null,
          sources: picture.formats.map((format) => ({
            type: `image/${format}`,
            files: picture.widths.map((width) => ({
              url: pictureUrl(picture, width, format),
              width,
            })),
          })),
        },
      ]),
  )

type Written = Pick<ArticleRow, 'id' | 'authorId' | 'title' | 'status' | 'body' | 'coverMediaId'>

/**
 * Writes down which files an article uses, in the transaction that writes it. Throws `media/not-found` where the cover is not
 * one that it may use. Returns whether its pictures are others by now than the text was rendered with, `shown`.
 */
export async function keepMediaUses(
  ctx: Ctx,
  tx: Tx,
  article: Written,
  shown: Pictures | undefined,
): Promise<boolean> {
  const { id, title, status, authorId, coverMediaId } = article
  const rows = await setMediaUses(
    ctx,
    tx,
    { kind: 'article', id, title, isPublic: isPublic(status) },
    { mediaIds: mediaIdsOf(article), ownerIds: ownersOf(ctx, authorId) },
  )
  if (coverMediaId !== null) {
    const cover = rows.find((row) => row.id === coverMediaId)
    if (!cover) throw refusedCover('media/not-found', 'There is no such picture.')
    if (cover.kind !== 'image') throw refusedCover('media/not-a-picture', 'Must be a picture.')
  }
  if (!shown) return false
  const inText = new Set(pictureIdsIn(article.body))
  const now = toShown(toPictures(rows.filter((row) => inText.has(row.id))))
  return JSON.stringify(now) !== JSON.stringify(shown)
}

const TRASHED = 'trashed-article'

/** Has an article hold its files in the trash, where its author alone is shown them: it gets them back, also those of other people. */
export const keepMediaInTrash = (
  tx: Tx,
  { id, authorId }: Pick<ArticleRow, 'id' | 'authorId'>,
): Promise<void> => moveMediaUses(tx, id, { from: 'article', to: TRASHED, readerIds: [authorId] })

/** Has an article from the trash use its files again, as far as they are there; returns them. */
export async function takeMediaFromTrash(ctx: Ctx, tx: Tx, article: ArticleRow) {
  const { id, title, authorId } = article
  await moveMediaUses(tx, id, { from: TRASHED, to: 'article', readerIds: [] })
  return setMediaUses(
    ctx,
    tx,
    { kind: 'article', id, title, isPublic: false },
    { mediaIds: mediaIdsOf(article), ownerIds: ownersOf(ctx, authorId) },
  )
}

/** What an article in the trash held is no longer used by it. */
export async function releaseMediaInTrash(
  ctx: Ctx,
  tx: Tx,
  { id, title }: Pick<ArticleRow, 'id' | 'title'>,
): Promise<void> {
  const subject = { kind: TRASHED, id, title, isPublic: false }
  await setMediaUses(ctx, tx, subject, { mediaIds: [], ownerIds: [] })
}

/** Pictures of the author, and of who edits for them. */
export function ownersOf({ actor }: Pick<Ctx, 'actor'>, authorId: string): string[] {
  const editorId = viewerId(actor)
  return editorId === null ? [authorId] : [authorId, editorId]
}

const refusedCover = (reason: 'media/not-found' | 'media/not-a-picture', message: string) =>
  new AppError(reason, { fields: [{ path: 'coverMediaId', message }] })

/**
 * Throws `article/alt-missing` for pictures of ours that say nothing to who cannot see them: neither the text, nor the
 * library, has an alternative text for them or calls them decorative.
 */
export async function refuseUndescribed(
  ctx: Ctx,
  tx: Tx,
  article: Pick<Written, 'id' | 'authorId' | 'coverMediaId'>,
  used: readonly UsedPicture[],
): Promise<void> {
  const { id, authorId, coverMediaId } = article
  const silent = used.filter(({ alt, decorative }) => alt === '' && !decorative)
  const wanted = [...silent.map((one) => one.id), ...(coverMediaId === null ? [] : [coverMediaId])]
  if (wanted.length === 0) return
  const undescribed = new Map(
    (await findUndescribed(tx, wanted, { ownerIds: ownersOf(ctx, authorId), usedBy: id })).map(
      (row) => [row.id, row.fileName],
    ),
  )
  const message = (mediaId: string) =>
    `The picture “${undescribed.get(mediaId)}” needs an alternative text.`
  const fields = [
    ...(coverMediaId !== null && undescribed.has(coverMediaId)
      ? [{ path: 'coverMediaId', message: message(coverMediaId) }]
      : []),
    ...[...new Set(silent.map((one) => one.id))]
      .filter((mediaId) => undescribed.has(mediaId))
      .map((mediaId) => ({ path: 'body', message: message(mediaId) })),
  ]
  if (fields.length > 0) throw new AppError('article/alt-missing', { fields })
}
