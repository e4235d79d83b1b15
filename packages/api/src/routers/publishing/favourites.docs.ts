import { describeSlice } from '../../docs.ts'
import { exampleSummary } from './articles.examples.ts'

export const docs = describeSlice(
  {
    about: 'Articles that the caller wants to find again.',
    fields: { articleId: 'The id of the article.' },
  },
  {
    list: {
      summary: 'List your favourites',
      description: 'Last added first. Articles that were taken back are left out.',
      examples: [
        {
          summary: 'The last ten',
          query: { limit: 10 },
          response: {
            items: [{ ...exampleSummary, favourited: true, favouriteCount: 1 }],
            page: { nextCursor: null },
          },
        },
      ],
    },
    create: {
      summary: 'Keep an article among your favourites',
      description: 'May be repeated: the second request changes nothing and returns the same.',
      refusals: ['article/not-found', 'article/not-published'],
      examples: [
        {
          summary: 'By id',
          path: { articleId: exampleSummary.id },
          response: { articleId: exampleSummary.id, favourited: true, favouriteCount: 1 },
        },
      ],
    },
    delete: {
      summary: 'Take an article from your favourites',
      description: 'May be repeated.',
      refusals: ['article/not-found', 'article/not-published'],
      examples: [{ summary: 'By id', path: { articleId: exampleSummary.id } }],
    },
  },
)
