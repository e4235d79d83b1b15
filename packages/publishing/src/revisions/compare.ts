import type { CompareRevision, RevisionComparison } from '@galley/contract/publishing/revisions'
import { AppError } from '@galley/platform/errors'
import type { ArticleFacts } from '../articles/find.ts'
import { shownPictures } from '../articles/pictures.ts'
import type { AuthedCtx } from '../ctx.ts'
import { compareTexts, render } from '../render.ts'
import { getReadableRevision } from './internal.ts'
import { findEarlier, findRevision, type RevisionRow } from './queries.ts'
import { toRevisionSummary } from './view.ts'

/** What differs between two texts of an article, for those who may edit it. */
export async function compareRevision(
  ctx: AuthedCtx,
  { id, against }: CompareRevision,
): Promise<RevisionComparison> {
  const { revision: after, article } = await getReadableRevision(ctx, id)
  const before =
    against === undefined
      ? await findEarlier(ctx.db, after)
      : await getOfArticle(ctx, against, after.articleId)
  const compared = await compareTexts(
    ctx,
    before ? await rendered(ctx, before, article) : { markdown: '', html: '' },
    await rendered(ctx, after, article),
  )
  return {
    before: before && toRevisionSummary(before),
    after: toRevisionSummary(after),
    fields: fieldsOf(before, after),
    ...compared,
  }
}

/** One of another article is not there for a comparison. */
async function getOfArticle(ctx: AuthedCtx, id: string, articleId: string) {
  const revision = await findRevision(ctx.db, id)
  if (revision?.articleId !== articleId) throw new AppError('revision/not-found')
  return revision
}

async function rendered(ctx: AuthedCtx, revision: RevisionRow, { authorId }: ArticleFacts) {
  const { body: markdown, articleId } = revision
  const by = { ownerIds: [authorId], usedBy: articleId }
  const pictures = await shownPictures(ctx, markdown, by)
  const { html } = await render(ctx, markdown, { pictures })
  return { markdown, html }
}

/** The fields that differ, as a person reads them. */
function fieldsOf(before: RevisionRow | null, after: RevisionRow): RevisionComparison['fields'] {
  const earlier = before && wordsOf(before)
  const later = wordsOf(after)
  return fieldNames
    .map((field) => ({ field, before: earlier?.[field] ?? '', after: later[field] }))
    .filter((one) => one.before !== one.after)
}

const fieldNames = ['title', 'description', 'cover', 'language', 'tags'] as const

const wordsOf = (revision: RevisionRow): Record<(typeof fieldNames)[number], string> => ({
  title: revision.title,
  description: revision.description,
  cover: coverOf(revision),
  language: revision.language ?? '',
  tags: revision.tags.join(', '),
})

function coverOf({ coverMediaId, coverUrl, coverFocus }: RevisionRow) {
  const picture = coverMediaId === null ? (coverUrl ?? '') : `/media/${coverMediaId}`
  return picture && coverFocus ? `${picture} (${coverFocus.x}% ${coverFocus.y}%)` : picture
}
