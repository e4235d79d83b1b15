import { JobStarted } from '@galley/contract/platform/jobs'
import { Nothing } from '@galley/contract/primitives'
import {
  SearchArticles,
  SearchPage,
  SearchSuggestions,
  SuggestSearch,
} from '@galley/contract/publishing/search'
import { searchArticles } from '@galley/publishing/search/articles'
import { rebuildSearchIndex } from '@galley/publishing/search/rebuild'
import { suggestSearch } from '@galley/publishing/search/suggest'
import { describeSlice } from '../../docs.ts'
import { adminTokenProcedure, publicProcedure, router } from '../../trpc.ts'
import { exampleJob } from '../platform/jobs.docs.ts'
import { exampleSummary } from './articles.examples.ts'

const docs = describeSlice(
  {
    about: 'Articles by their words; people, tags and titles while somebody types.',
    fields: {
      q: 'Words, all of which must be found; "a phrase", -without, one or other. The last word may be unfinished.',
      tag: 'Only with this tag.',
      author: 'Only by the person with this username.',
      from: 'Published on this day or later (UTC); of drafts, last changed.',
      to: 'Published on this day or earlier (UTC); of drafts, last changed.',
      status: 'Drafts are your own; for editors those of others too.',
      language: 'Only in this language: pt finds pt-BR too.',
      sort: 'By relevance, the newest first, or those with the most favourites first.',
    },
  },
  {
    articles: {
      summary: 'Search articles',
      description:
        'In titles, descriptions, tags and texts, and articles of people of that name. Forms of a word count as the word, accents do not count. At most some hundred of the newest that match are ranked; `partial` says whether there may be more.',
      examples: [
        {
          summary: 'A word, not yet typed to its end',
          query: { q: 'a year of ra', limit: 10, total: true },
          response: {
            items: [
              {
                ...exampleSummary,
                status: 'published',
                excerpt: 'It rained.',
                highlights: [
                  { field: 'title', start: 2, end: 6 },
                  { field: 'title', start: 10, end: 14 },
                  { field: 'excerpt', start: 3, end: 9 },
                ],
              },
            ],
            page: { nextCursor: null, total: 1 },
            didYouMean: null,
            partial: false,
          },
        },
      ],
    },
    suggest: {
      summary: 'Suggest people, tags and titles',
      description: 'A few of each that have words which begin as what was typed.',
      examples: [
        {
          summary: 'After a few letters',
          query: { q: 'gard' },
          response: {
            people: [],
            tags: [{ slug: 'gardens', articleCount: 2 }],
            articles: [],
          },
        },
      ],
    },
    rebuild: {
      summary: 'Rebuild the search index',
      description:
        'For admins, after PostgreSQL was given other dictionaries or single tables were restored: starts the job, or returns the one that runs. `GET /jobs/{id}` says how far it is. Searches go on meanwhile.',
      refusals: ['job/already-running'],
      examples: [{ summary: 'Start', response: { jobId: exampleJob.id } }],
    },
  },
)

export const search = router({
  articles: publicProcedure({
    cost: 3,
    queries: 6,
    publicRead: true,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/search' },
    docs: docs.articles,
  })
    .input(SearchArticles)
    .output(SearchPage)
    .query(({ ctx, input }) => searchArticles(ctx, input)),
  suggest: publicProcedure({
    cost: 1,
    queries: 1,
    publicRead: true,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/search/suggestions' },
    docs: docs.suggest,
  })
    .input(SuggestSearch)
    .output(SearchSuggestions)
    .query(({ ctx, input }) => suggestSearch(ctx, input)),
  rebuild: adminTokenProcedure({
    cost: 20,
    queries: 3,
    scope: 'articles:write',
    rest: {
      method: 'POST',
      path: '/search/rebuild',
      status: 202,
      location: '/jobs/{jobId}',
    },
    docs: docs.rebuild,
  })
    .input(Nothing)
    .output(JobStarted)
    .mutation(({ ctx }) => rebuildSearchIndex(ctx)),
})
