import { periodEnd } from '@galley/contract/period'
import {
  MAX_SEARCH_TOTAL,
  type FoundArticle,
  type SearchArticles,
  type SearchOrder,
  type SearchPage,
} from '@galley/contract/publishing/search'
import { isEditor } from '@galley/platform/actor'
import { viewerId } from '@galley/platform/ctx'
import { listPage } from '@galley/platform/cursor'
import { authorize } from '@galley/platform/errors'
import { z } from 'zod'
import { articleList } from '../articles/list.ts'
import type { Ctx } from '../ctx.ts'
import { correctSearch } from './correct.ts'
import { findWordForms } from './forms.ts'
import { excerptOf, highlightsOf, likelyWords } from './highlight.ts'
import { countFound, findArticles, type FoundRow } from './queries.ts'
import { termsOf } from './terms.ts'
import type { Wanted } from './wanted.ts'

/** Of so many articles or fewer a first page says what may have been meant. */
const LITTLE = 2
/** How much text is read for the excerpts of a page, in characters. */
const TEXT_OF_PAGE = 200_000
const TEXT_OF_ARTICLE = 10_000

/** Articles by their words. */
export async function searchArticles(ctx: Ctx, input: SearchArticles): Promise<SearchPage> {
  const { sort = 'relevance' } = input
  const wanted = wantedBy(ctx, input)
  const textLength = Math.min(TEXT_OF_ARTICLE, Math.floor(TEXT_OF_PAGE / input.limit))
  let found = { rows: [] as FoundRow[], isPartial: false }
  const list = await listPage(input, {
    cursor: cursors[sort],
    find: async ({ after, ...window }) => {
      found = await findArticles(ctx.db, wanted, {
        ...window,
        sort,
        textLength,
        after: after && { place: placeText(sort, after[1]), id: after[2] },
      })
      return found.rows
    },
    count: () => countFound(ctx.db, wanted, MAX_SEARCH_TOTAL + 1),
    toCursor: (row): Place => [sort, row.place, row.id],
    toItem: (row) => row,
  })
  const { total, ...place } = list.page
  const isFirst = input.cursor === undefined && (input.offset ?? 0) === 0
  return {
    items: await toFound(ctx, list.items, input.q),
    page: {
      ...place,
      ...(total !== undefined && {
        total: Math.min(total, MAX_SEARCH_TOTAL),
        ...(total > MAX_SEARCH_TOTAL && { totalExceeded: true }),
      }),
    },
    didYouMean:
      isFirst && found.rows.length <= LITTLE
        ? await correctSearch(ctx.db, wanted, found.rows.length)
        : null,
    partial: found.isPartial,
  }
}

function wantedBy({ actor }: Ctx, input: SearchArticles): Wanted {
  const { q, status = 'published', tag, author, from, to, language } = input
  if (status !== 'published') authorize(actor.kind === 'anonymous' ? 'session/required' : 'ok')
  return {
    q,
    last: termsOf(q).last,
    status,
    viewer: viewerId(actor),
    seesAllDrafts: isEditor(actor),
    tag: tag ?? null,
    author: author ?? null,
    from: from ?? null,
    before: to === undefined ? null : periodEnd(to).toISOString(),
    language: language ?? null,
  }
}

type Place = [SearchOrder, number, string]

/** They name their order, since a place in one says nothing in another. */
const cursors: Record<SearchOrder, z.ZodType<Place>> = {
  relevance: z.tuple([z.literal('relevance'), z.number().min(0).max(1000), z.uuid()]),
  newest: z.tuple([z.literal('newest'), z.int().min(0).max(253_402_300_799_999), z.uuid()]),
  favourites: z.tuple([z.literal('favourites'), z.int32().min(0), z.uuid()]),
}

const placeText = (sort: SearchOrder, place: number) =>
  sort === 'newest' ? new Date(place).toISOString() : String(place)

async function toFound(ctx: Ctx, rows: FoundRow[], q: string): Promise<FoundArticle[]> {
  const terms = termsOf(q)
  const shown = rows.map((row) => {
    const { title, description } = row
    const fields = { title, description, excerpt: excerptOf(row.text, terms) }
    return { row, fields, likely: likelyWords(fields, terms) }
  })
  const words = shown.map(({ row: { config }, likely }) => ({
    config,
    words: likely.map(({ text }) => text),
  }))
  const forms = await findWordForms(ctx.db, words, terms)
  return shown.map(({ row, fields, likely }) => ({
    ...articleList.toItem(row),
    status: articleList.toStatus(row),
    excerpt: fields.excerpt,
    highlights: highlightsOf(fields, likely, forms.get(row.config) ?? new Set(), terms),
  }))
}
