import type { ArticleSchedule } from '@galley/contract/publishing/article-steps'
import type {
  ArticleSource,
  ArticleStatus,
  ArticleSummary,
  ArticleView,
  Cover,
  MyArticle,
} from '@galley/contract/publishing/articles'
import type { Byline } from '@galley/contract/platform/users'
import { toPicture } from '@galley/platform/media/get'
import { toTimestamp } from '@galley/platform/timestamp'
import { toByline } from '@galley/platform/users/queries'
import type { Ctx } from '../ctx.ts'
import { areCommentsClosed, articleCan } from './policy.ts'
import { rulesOf } from './rules.ts'
import type { SummaryRow } from './published.ts'
import type { ArticleRow } from './queries.ts'

type ViewRow = SummaryRow &
  Pick<
    ArticleRow,
    | 'authorId'
    | 'bylineIds'
    | 'status'
    | 'version'
    | 'bodyHtml'
    | 'headings'
    | 'updatedAt'
    | 'scheduledAt'
    | 'commentsClosed'
  >

type MineRow = Omit<
  ArticleRow,
  | 'body'
  | 'bodyHtml'
  | 'headings'
  | 'coverUrl'
  | 'coverMediaId'
  | 'coverFocus'
  | 'renderVersion'
  | 'createdAt'
  | 'favouriteCount'
  | 'commentCount'
  | 'scheduledBy'
  | 'deletedAt'
>

/** Who looks, at which site. */
type By = Pick<Ctx, 'actor' | 'settings' | 'now'>

export const toArticleSummary = (row: SummaryRow): ArticleSummary => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  description: row.description,
  coverUrl: row.coverUrl,
  cover: toCover(row),
  language: row.language,
  author: toByline(row.author),
  authors: toAuthors(row),
  tags: row.tags,
  publishedAt: row.publishedAt && toTimestamp(row.publishedAt),
  words: row.words,
  favouriteCount: row.favouriteCount,
  commentCount: row.commentCount,
  favourited: row.favourited,
})

const toAuthors = ({ author, byline }: Pick<SummaryRow, 'author' | 'byline'>): Byline[] =>
  (byline ?? [author]).map(toByline)

function toCover({
  coverPicture,
  coverFocus: focus,
}: Pick<SummaryRow, 'coverPicture' | 'coverFocus'>): Cover | null {
  const picture = coverPicture && toPicture(coverPicture)
  return picture && { ...picture, focus }
}

export function toArticleView(ctx: By, row: ViewRow): ArticleView {
  const rules = rulesOf(ctx)
  return {
    ...toArticleSummary(row),
    status: statusOf(row),
    version: row.version,
    bodyHtml: row.bodyHtml,
    headings: row.headings,
    updatedAt: toTimestamp(row.updatedAt),
    commentsClosed: areCommentsClosed(row, rules),
    can: articleCan(ctx.actor, row, rules),
  }
}

export const toMyArticle = (
  ctx: By,
  row: MineRow & Pick<SummaryRow, 'author' | 'byline'>,
): MyArticle => ({ ...toOwn(ctx, row), authors: toAuthors(row) })

const toOwn = (ctx: By, row: MineRow) => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  description: row.description,
  tags: row.tagSlugs,
  words: row.words,
  language: row.language,
  detectedLanguage: row.detectedLanguage,
  status: statusOf(row),
  version: row.version,
  publishedAt: row.publishedAt && toTimestamp(row.publishedAt),
  updatedAt: toTimestamp(row.updatedAt),
  schedule: scheduleOf(row),
  notice: row.notice,
  can: articleCan(ctx.actor, row, rulesOf(ctx)),
})

/** What is in the trash comes back as a draft. */
export const statusOf = ({ status }: Pick<ArticleRow, 'status'>): ArticleStatus =>
  status === 'trashed' ? 'draft' : status

type Timed = Pick<ArticleRow, 'status' | 'scheduledAt' | 'scheduledZone'>

function scheduleOf({ status, scheduledAt: at, scheduledZone: zone }: Timed) {
  if (at === null || zone === null) return null
  const action: ArticleSchedule['action'] = status === 'scheduled' ? 'publish' : 'unpublish'
  return { action, at: toTimestamp(at), zone }
}

export const toArticleSource = (ctx: By, row: ArticleRow): ArticleSource => ({
  ...toOwn(ctx, row),
  coverUrl: row.coverUrl,
  coverMediaId: row.coverMediaId,
  coverFocus: row.coverFocus,
  body: row.body,
})
