import { describeSlice } from '../../docs.ts'

export const docs = describeSlice(
  { about: 'What articles are about, the most used first.' },
  {
    list: {
      summary: 'List tags',
      description: 'The most used first, with the number of published articles that carry each.',
      examples: [
        {
          summary: 'The first ten',
          query: { limit: 10 },
          response: {
            items: [{ slug: 'gardens', articleCount: 2 }],
            page: { nextCursor: null },
          },
        },
      ],
    },
    bySlug: {
      summary: 'Read a tag',
      description: 'One that published articles carry.',
      refusals: ['tag/not-found'],
      examples: [
        {
          summary: 'By its name',
          path: { slug: 'gardens' },
          response: { slug: 'gardens', articleCount: 2 },
        },
      ],
    },
  },
)
