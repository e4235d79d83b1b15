import type {
  ArticleSchedule,
  ArticleSource,
  ArticleStatus,
  ArticleSummary,
  ArticleView,
  Cover,
  MyArticle,
} from '@galley/contract/publishing/articles'
import type { Byline } from '@galley/contract/platform/users'
import type { Actor } from '@galley/platform/ctx'
import { toPicture } from '@galley/platform/media/get'
import { toByline } from '@galley/platform/users/queries'
import { articleCan } from './policy.ts'
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
  publishedAt: row.publishedAt?.toISOString() ?? null,
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

export const toArticleView = (actor: Actor, row: ViewRow): ArticleView => ({
  ...toArticleSummary(row),
  status: statusOf(row),
  version: row.version,
  bodyHtml: row.bodyHtml,
  headings: row.headings,
  updatedAt: row.updatedAt.toISOString(),
  commentsClosed: row.commentsClosed,
  can: articleCan(actor, row),
})

export const toMyArticle = (
  actor: Actor,
  row: MineRow & Pick<SummaryRow, 'author' | 'byline'>,
): MyArticle => ({ ...toOwn(actor, row), authors: toAuthors(row) })

const toOwn = (actor: Actor, row: MineRow) => ({
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
  publishedAt: row.publishedAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
  schedule: scheduleOf(row),
  notice: row.notice,
  can: articleCan(actor, row),
})

/** What is in the trash comes back as a draft. */
export const statusOf = ({ status }: Pick<ArticleRow, 'status'>): ArticleStatus =>
  status === 'trashed' ? 'draft' : status

type Timed = Pick<ArticleRow, 'status' | 'scheduledAt' | 'scheduledZone'>

function scheduleOf({ status, scheduledAt: at, scheduledZone: zone }: Timed) {
  if (at === null || zone === null) return null
  const action: ArticleSchedule['action'] = status === 'scheduled' ? 'publish' : 'unpublish'
  return { action, at: at.toISOString(), zone }
}

export const toArticleSource = (actor: Actor, row: ArticleRow): ArticleSource => ({
  ...toOwn(actor, row),
  coverUrl: row.coverUrl,
  coverMediaId: row.coverMediaId,
  coverFocus: row.coverFocus,
  body: row.body,
})
