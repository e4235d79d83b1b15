import { z } from 'zod'
import {
  Count,
  Id,
  line,
  listInput,
  multiline,
  page,
  SeenVersion,
  Timestamp,
} from '../primitives.ts'
import { TagList, TagSlug } from './tags.ts'
import { FocalPoint, Picture } from '../platform/media.ts'
import { text } from '../text.ts'
import { Byline, Username } from '../platform/users.ts'
import { ArticleSlug, ImageUrl, LanguageTag } from './article-fields.ts'
import { ArticleNotice, ArticleSchedule } from './article-steps.ts'

/**
 * Where an article stands. `draft`, `in_review` (editors are asked to decide) and `scheduled` (to be published at a time) are
 * there for those alone who may edit them. `published` everybody reads. `archived` keeps its address, comments and favourites,
 * with a notice to readers, but is in no list, feed, count or search, and takes no new comments and favourites.
 *
 * More may come: a caller treats one that it does not know as not published.
 */
export const ArticleStatus = z.enum(['draft', 'in_review', 'scheduled', 'published', 'archived'])
export type ArticleStatus = z.output<typeof ArticleStatus>

const content = {
  title: line(200),
  description: line(300),
  /** Markdown (GitHub-flavoured). */
  body: multiline(100_000),
  /** Of a picture elsewhere. */
  coverUrl: ImageUrl.nullable(),
  /** A picture of the media library; it is shown in the place of `coverUrl`. */
  coverMediaId: Id.nullable(),
  coverFocus: FocalPoint.nullable(),
  tags: TagList,
  /** Null: the language that the text seems to be in. */
  language: LanguageTag.nullable(),
}

/** A draft may lack anything; `articles.publish` says what is missing. */
export const CreateArticle = z.strictObject(content).partial()
export type CreateArticle = z.output<typeof CreateArticle>

/** Why somebody saves, in their own words: shown in the history of the article. */
export const SaveReason = line(200)

export const UpdateArticle = CreateArticle.extend({
  id: Id,
  version: SeenVersion,
  reason: SaveReason.optional(),
  /** Of an article that was out already, the old address goes on to lead to it. */
  slug: ArticleSlug.optional(),
})
export type UpdateArticle = z.output<typeof UpdateArticle>

export const ArticleById = z.strictObject({ id: Id })
export type ArticleById = z.output<typeof ArticleById>

/** Moves it to the trash for 30 days. With `version`, only if nobody has changed it since. */
export const DeleteArticle = ArticleById.extend({ version: z.int().min(1).optional() })
export type DeleteArticle = z.output<typeof DeleteArticle>

/** By the slug, one that it had once, or by the id in its place; `slug` in the view says which it has now. */
export const ArticleBySlug = z.strictObject({ slug: text(200).min(1) })
export type ArticleBySlug = z.output<typeof ArticleBySlug>

/** By the day of first publication, or by how many people have it among their favourites: the most first. */
export const ArticleOrder = z.enum(['newest', 'oldest', 'favourites'])

/** Of one tag, of one author, who may write with others, or both. */
export const ListArticles = listInput(ArticleOrder, {
  tag: TagSlug.optional(),
  author: Username.optional(),
})
export type ListArticles = z.output<typeof ListArticles>

/** Last changed first, or last. */
export const ChangeOrder = z.enum(['updated', '-updated'])

/** The caller's own articles, and those that they write along. */
export const ListMyArticles = listInput(ChangeOrder, { status: ArticleStatus.optional() })
export type ListMyArticles = z.output<typeof ListMyArticles>

/** Drafts of others, or their articles in another status. */
export const ListDrafts = listInput(ChangeOrder, {
  author: Username.optional(),
  status: ArticleStatus.exclude(['published']).optional(),
})
export type ListDrafts = z.output<typeof ListDrafts>

/** Last deleted first, or last. */
export const TrashOrder = z.enum(['deleted', '-deleted'])

/** What the caller has deleted of their own, or, for editors, of everybody. */
export const ListTrash = listInput(TrashOrder, { of: z.enum(['mine', 'everybody']).optional() })
export type ListTrash = z.output<typeof ListTrash>

export const PreviewArticle = z.strictObject({ body: content.body })
export type PreviewArticle = z.output<typeof PreviewArticle>

/** Sanitised HTML of a Markdown text. */
export const ArticlePreview = z.object({ bodyHtml: z.string(), words: Count })
export type ArticlePreview = z.output<typeof ArticlePreview>

/** The cover picture of an article; without a focal point its middle stays in view. */
export const Cover = Picture.extend({ focus: FocalPoint.nullable() })
export type Cover = z.output<typeof Cover>

/** A published article as lists show it. */
export const ArticleSummary = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  coverUrl: z.string().nullable(),
  cover: Cover.nullable(),
  /** What it is written in, a BCP 47 tag: as its author says, else as its text seems; null where neither is known. */
  language: z.string().nullable(),
  /** Whose article it is. */
  author: Byline,
  /** All who wrote it, in the order of the byline; `author` is one of them. */
  authors: z.array(Byline),
  tags: z.array(z.string()),
  publishedAt: Timestamp.nullable(),
  words: Count,
  favouriteCount: Count,
  commentCount: Count,
  /** Whether the caller has it among their favourites. */
  favourited: z.boolean(),
})
export type ArticleSummary = z.output<typeof ArticleSummary>

export const ArticlePage = page(ArticleSummary)

/** What the caller may do; the browser shows and hides by it, the server decides again. */
export const ArticleCan = z.object({
  edit: z.boolean(),
  publish: z.boolean(),
  unpublish: z.boolean(),
  /** To invite people to the byline, to change its order and to take people off it. */
  manageAuthors: z.boolean(),
  delete: z.boolean(),
  comment: z.boolean(),
  closeComments: z.boolean(),
  favourite: z.boolean(),
  requestReview: z.boolean(),
  withdrawReview: z.boolean(),
  /** Approve it, or send it back. */
  decideReview: z.boolean(),
  /** Add notes to its review. */
  annotate: z.boolean(),
  /** Have it published at a time. */
  schedulePublish: z.boolean(),
  /** Have it become a draft again at a time. */
  scheduleUnpublish: z.boolean(),
  unschedule: z.boolean(),
  archive: z.boolean(),
  unarchive: z.boolean(),
})
export type ArticleCan = z.output<typeof ArticleCan>

/** A heading of a text: its id in the HTML, its words, and its level from 2 to 6. */
export const Heading = z.object({ id: z.string(), text: z.string(), level: z.int() })
export type Heading = z.output<typeof Heading>

/** An article to read; its headings are for a table of contents, at most 200. */
export const ArticleView = ArticleSummary.extend({
  status: ArticleStatus,
  version: z.int(),
  bodyHtml: z.string(),
  headings: z.array(Heading),
  updatedAt: Timestamp,
  /** Whether it takes no further comments; those that are there stay. */
  commentsClosed: z.boolean(),
  can: ArticleCan,
})
export type ArticleView = z.output<typeof ArticleView>

/** Whether an article takes comments, after that was changed. */
export const CommentsState = z.object({ id: Id, commentsClosed: z.boolean() })
export type CommentsState = z.output<typeof CommentsState>

/** What to read after an article: what was published before and after it, and what is about the same, the closest first. */
export const ArticlesAround = z.object({
  previous: ArticleSummary.nullable(),
  next: ArticleSummary.nullable(),
  related: z.array(ArticleSummary),
})
export type ArticlesAround = z.output<typeof ArticlesAround>

/** An article to edit: its Markdown. */
export const ArticleSource = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  coverUrl: z.string().nullable(),
  coverMediaId: Id.nullable(),
  coverFocus: FocalPoint.nullable(),
  body: z.string(),
  /** As the author says, a BCP 47 tag; null where it follows the text. */
  language: z.string().nullable(),
  /** What the text seems to be written in. */
  detectedLanguage: z.string().nullable(),
  tags: z.array(z.string()),
  words: Count,
  status: ArticleStatus,
  version: z.int(),
  publishedAt: Timestamp.nullable(),
  updatedAt: Timestamp,
  schedule: ArticleSchedule.nullable(),
  /** Until its next step. */
  notice: ArticleNotice.nullable(),
  can: ArticleCan,
})
export type ArticleSource = z.output<typeof ArticleSource>

/** One of the caller's own articles as their list shows it. */
export const MyArticle = ArticleSource.omit({
  body: true,
  coverUrl: true,
  coverMediaId: true,
  coverFocus: true,
}).extend({
  /** In the order of the byline. */
  authors: z.array(Byline),
})
export type MyArticle = z.output<typeof MyArticle>

export const MyArticlePage = page(MyArticle)

/** What somebody else writes and has not published, as editors see it. */
export const OthersDraft = MyArticle.extend({ author: Byline })
export type OthersDraft = z.output<typeof OthersDraft>

export const DraftPage = page(OthersDraft)

/** An article in the trash. It keeps its address, comments and favourites, and comes back as a draft. */
export const TrashedArticle = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  words: Count,
  author: Byline,
  /** Null where it never was published. */
  publishedAt: Timestamp.nullable(),
  deletedAt: Timestamp,
  /** When it will be deleted for good, within the hour. */
  until: Timestamp,
})
export type TrashedArticle = z.output<typeof TrashedArticle>

export const TrashPage = page(TrashedArticle)
