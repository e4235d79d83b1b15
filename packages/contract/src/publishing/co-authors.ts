import { z } from 'zod'
import { Byline, Username } from '../platform/users.ts'
import { Id, listInput, page, Timestamp, TimeOrder } from '../primitives.ts'
import { ArticleStatus } from './articles.ts'

/** The most people of one byline, with those who are invited to it. */
export const MAX_AUTHORS = 10

export const AuthorsOfArticle = z.strictObject({ articleId: Id })
export type AuthorsOfArticle = z.output<typeof AuthorsOfArticle>

/** Names one person at one article: to invite them, or to end what they are to it. */
export const CoAuthorByUsername = AuthorsOfArticle.extend({ username: Username })
export type CoAuthorByUsername = z.output<typeof CoAuthorByUsername>

/** All who are in the list of authors, those who are invited too, in the order that the byline is to have. */
export const OrderAuthors = AuthorsOfArticle.extend({
  usernames: z
    .array(Username)
    .min(1, 'Name everybody.')
    .max(MAX_AUTHORS, `Name at most ${MAX_AUTHORS} people.`)
    .refine((names) => new Set(names).size === names.length, 'Name each person once.'),
})
export type OrderAuthors = z.output<typeof OrderAuthors>

/** Somebody who writes an article, or is invited to. */
export const ArticleAuthor = Byline.extend({
  /** Whether it is the one whose article it is; the others write along. */
  isAuthor: z.boolean(),
  state: z.enum(['accepted', 'invited']),
  /** When they were invited; of the author, when the article was begun. */
  since: Timestamp,
  can: z.object({
    /** To withdraw the invitation, to take the person off the byline; of oneself, to leave it. */
    remove: z.boolean(),
  }),
})
export type ArticleAuthor = z.output<typeof ArticleAuthor>

/** In the order of the byline. */
export const ArticleAuthors = z.object({
  items: z.array(ArticleAuthor),
  can: z.object({ invite: z.boolean(), order: z.boolean() }),
})
export type ArticleAuthors = z.output<typeof ArticleAuthors>

/** What the caller is invited to. */
export const ListCoAuthorInvitations = listInput(TimeOrder, {})
export type ListCoAuthorInvitations = z.output<typeof ListCoAuthorInvitations>

/** An invitation as the person sees it who got it: not the text, which is for those who write it. */
export const CoAuthorInvitation = z.object({
  article: z.object({
    id: Id,
    title: z.string(),
    description: z.string(),
    status: ArticleStatus,
  }),
  author: Byline,
  /** Null where that account is gone. */
  invitedBy: Byline.nullable(),
  invitedAt: Timestamp,
})
export type CoAuthorInvitation = z.output<typeof CoAuthorInvitation>

export const CoAuthorInvitationPage = page(CoAuthorInvitation)
