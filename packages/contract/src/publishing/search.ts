import { z } from 'zod'
import { Byline, Username } from '../platform/users.ts'
import { calendarDate, Count, Id, line, listInput } from '../primitives.ts'
import { LanguageTag } from './article-fields.ts'
import { ArticleStatus, ArticleSummary } from './articles.ts'
import { TagSlug, TagView } from './tags.ts'

/** The most words that a search takes, and the most matches that it counts. */
export const MAX_SEARCH_WORDS = 16
export const MAX_SEARCH_TOTAL = 1000

/** What is searched for: words, all of which must be found; `"a phrase"`, `-without`, `one or other`. */
export const SearchText = line(200)
  .min(1, 'Must not be empty.')
  .refine(
    (value) => value.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).length <= MAX_SEARCH_WORDS,
    `Must be at most ${MAX_SEARCH_WORDS} words.`,
  )

export const SearchOrder = z.enum(['relevance', 'newest', 'favourites'])
export type SearchOrder = z.output<typeof SearchOrder>

/** Published articles, or drafts that the caller may see; the most relevant first unless `sort` says otherwise. */
export const SearchArticles = listInput(SearchOrder, {
  q: SearchText,
  tag: TagSlug.optional(),
  author: Username.optional(),
  /** The first and the last day of publication, in UTC; of drafts, of their last change. */
  from: calendarDate().optional(),
  to: calendarDate().optional(),
  status: ArticleStatus.optional(),
  /** `pt` finds `pt-BR` too. */
  language: LanguageTag.optional(),
})
export type SearchArticles = z.output<typeof SearchArticles>

/** What was found in a field: from one place in its text to before another, as JavaScript counts characters (UTF-16). */
export const Highlight = z.object({
  field: z.enum(['title', 'description', 'excerpt']),
  start: Count,
  end: Count,
})
export type Highlight = z.output<typeof Highlight>

/** An article that was found. */
export const FoundArticle = ArticleSummary.extend({
  status: ArticleStatus,
  /** Plain text: where the first of the words is in the body, or its beginning. */
  excerpt: z.string(),
  /** In order, without overlaps. */
  highlights: z.array(Highlight),
})
export type FoundArticle = z.output<typeof FoundArticle>

export const SearchPage = z.object({
  items: z.array(FoundArticle),
  page: z.object({
    nextCursor: z.string().nullable(),
    /** Where it was asked for: how many are found, counted up to 1,000. */
    total: Count.optional(),
    /** Beside a `total` that is exceeded: more are found. */
    totalExceeded: z.boolean().optional(),
  }),
  /** On a first page that found little or nothing: the search with its misspelt words put right. */
  didYouMean: z.string().nullable(),
  /** Whether more articles may match than a search looks at: the list then holds the best of some hundred of them. */
  partial: z.boolean(),
})
export type SearchPage = z.output<typeof SearchPage>

/** What somebody has typed so far. */
export const SuggestSearch = z.strictObject({ q: line(100).min(1, 'Must not be empty.') })
export type SuggestSearch = z.output<typeof SuggestSearch>

/** A few of each, the likeliest first. */
export const SearchSuggestions = z.object({
  people: z.array(Byline),
  tags: z.array(TagView),
  articles: z.array(z.object({ id: Id, slug: z.string(), title: z.string() })),
})
export type SearchSuggestions = z.output<typeof SearchSuggestions>
