import { z } from 'zod'
import { Byline } from '../platform/users.ts'
import { Count, Id, line, Timestamp } from '../primitives.ts'
import { ArticleStatus, Cover } from './articles.ts'

export const LinksOfArticle = z.strictObject({ articleId: Id })
export type LinksOfArticle = z.output<typeof LinksOfArticle>

export const CreatePreviewLink = LinksOfArticle.extend({
  /** For whom it is: only those see it who may edit the article. */
  name: line(80).optional(),
  expiresInDays: z
    .int('Must be a whole number.')
    .min(1, 'Must be at least 1 day.')
    .max(30, 'Must be at most 30 days.')
    .default(7),
})
export type CreatePreviewLink = z.output<typeof CreatePreviewLink>

export const PreviewLinkById = z.strictObject({ id: Id })
export type PreviewLinkById = z.output<typeof PreviewLinkById>

/** The token of a link, which its address has after `?token=`. */
export const PreviewByToken = z.strictObject({ token: z.string().min(1).max(128) })
export type PreviewByToken = z.output<typeof PreviewByToken>

export const PreviewLink = z.object({
  id: Id,
  articleId: Id,
  name: z.string(),
  createdBy: Byline,
  createdAt: Timestamp,
  expiresAt: Timestamp,
})
export type PreviewLink = z.output<typeof PreviewLink>

/** The one response that holds the address. */
export const NewPreviewLink = PreviewLink.extend({ url: z.string() })
export type NewPreviewLink = z.output<typeof NewPreviewLink>

/** Those that still work, the newest first. */
export const PreviewLinkList = z.object({
  items: z.array(PreviewLink),
  can: z.object({ create: z.boolean() }),
})
export type PreviewLinkList = z.output<typeof PreviewLinkList>

/** An article as it is at the moment, for everybody who has the link. */
export const PreviewedArticle = z.object({
  title: z.string(),
  description: z.string(),
  coverUrl: z.string().nullable(),
  cover: Cover.nullable(),
  language: z.string().nullable(),
  authors: z.array(Byline),
  tags: z.array(z.string()),
  words: Count,
  bodyHtml: z.string(),
  status: ArticleStatus,
  /** Its address once it is out; null before. */
  slug: z.string().nullable(),
  updatedAt: Timestamp,
  expiresAt: Timestamp,
})
export type PreviewedArticle = z.output<typeof PreviewedArticle>
