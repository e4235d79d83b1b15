import { describeSlice } from '../../docs.ts'
import { exampleSummary } from './articles.examples.ts'

export const docs = describeSlice(
  { about: 'Articles of the people that the caller follows.' },
  {
    list: {
      summary: 'List articles of the people you follow',
      description: 'Newest first.',
      examples: [
        {
          summary: 'The last ten',
          query: { limit: 10 },
          response: { items: [exampleSummary], page: { nextCursor: null } },
        },
      ],
    },
  },
)
