import type {
  ApproveArticle,
  ArticleAtVersion,
  RequestReview,
  SendBackArticle,
} from '@galley/contract/publishing/article-steps'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { Tx } from '@galley/db/client'
import { transact } from '@galley/platform/ctx'
import { authorize, isAllowed } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import type { AuthedCtx } from '../ctx.ts'
import { addReviewNote } from '../review-notes/queries.ts'
import { auditArticle, getArticleToChange, refuseIncomplete } from './internal.ts'
import { moveArticle, putOut } from './move.ts'
import { canDecideReview, canRequestReview, canWithdrawReview } from './policy.ts'
import { lookThrough, refuseUnpublishable } from './publishable.ts'
import type { ArticleRow } from './queries.ts'
import { refusePast, setTime } from './schedule.ts'
import { toArticleSource } from './view.ts'

/** Asks editors to decide on a draft. It may still be changed: who decides says which version they have read. */
export async function requestReview(ctx: AuthedCtx, input: RequestReview): Promise<ArticleSource> {
  const { note = '', ...wanted } = input
  await lookThrough(ctx, input.id, (article) => isAllowed(canRequestReview(ctx.actor, article)))
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, wanted)
    authorize(canRequestReview(ctx.actor, article))
    refuseIncomplete(ctx, article)
    const to = { status: 'in_review' } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'review-requested' })
    const step = await addStep(ctx, tx, article, { kind: 'requested', body: note })
    await emit(ctx, tx, 'review.requested', step)
    return toArticleSource(ctx, row)
  })
}

/** Takes an article back from review. */
export const withdrawReview = (ctx: AuthedCtx, input: ArticleAtVersion): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canWithdrawReview(ctx.actor, article))
    const to = { status: 'draft' } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'review-withdrawn' })
    const step = await addStep(ctx, tx, article, { kind: 'withdrawn', body: '' })
    await emit(ctx, tx, 'review.withdrawn', step)
    return toArticleSource(ctx, row)
  })

/** Publishes what is in review, at once or at a time. */
export async function approveArticle(
  ctx: AuthedCtx,
  input: ApproveArticle,
): Promise<ArticleSource> {
  const { schedule, ...wanted } = input
  const looked = await lookThrough(ctx, input.id, (article) =>
    isAllowed(canDecideReview(ctx.actor, article)),
  )
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, wanted)
    authorize(canDecideReview(ctx.actor, article))
    if (schedule) refusePast(ctx, schedule.at, 'schedule.at')
    await refuseUnpublishable(ctx, tx, article, looked)
    await auditArticle(ctx, tx, 'approved', { before: article })
    const step = await addStep(ctx, tx, article, { kind: 'approved', body: '' })
    const { version } = article
    await emit(ctx, tx, 'review.decided', { ...step, version, decision: 'approved' })
    const row = schedule
      ? await setTime(ctx, tx, article, { status: 'scheduled', ...schedule })
      : await putOut(ctx, tx, article)
    return toArticleSource(ctx, row)
  })
}

/** Makes what is in review a draft again; its author reads why. */
export const sendBackArticle = (ctx: AuthedCtx, input: SendBackArticle): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const { reason, ...wanted } = input
    const article = await getArticleToChange(ctx, tx, wanted)
    authorize(canDecideReview(ctx.actor, article))
    const notice = { kind: 'sent_back', reason, at: ctx.now().toISOString() } as const
    const to = { status: 'draft', notice } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'sent-back' })
    const step = await addStep(ctx, tx, article, { kind: 'sent_back', body: reason })
    const { version } = article
    await emit(ctx, tx, 'review.decided', { ...step, version, decision: 'sent-back' })
    return toArticleSource(ctx, row)
  })

type Step = { kind: 'requested' | 'withdrawn' | 'approved' | 'sent_back'; body: string }

async function addStep(ctx: AuthedCtx, tx: Tx, { id: articleId }: ArticleRow, step: Step) {
  const userId = ctx.actor.user.id
  await addReviewNote(tx, { ...step, articleId, authorId: userId, createdAt: ctx.now() })
  return { articleId, userId }
}
