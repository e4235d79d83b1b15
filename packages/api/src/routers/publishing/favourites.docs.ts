import { describeSlice, describeSwitch } from '../../docs.ts'
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
    ...describeSwitch({
      on: 'Keep an article among your favourites',
      off: 'Take an article from your favourites',
      refusals: ['article/not-found', 'article/not-published'],
      example: {
        summary: 'By id',
        path: { articleId: exampleSummary.id },
        response: { articleId: exampleSummary.id, favourited: true, favouriteCount: 1 },
      },
    }),
  },
)
