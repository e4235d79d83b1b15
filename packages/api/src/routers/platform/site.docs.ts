import { describeSlice } from '../../docs.ts'

export const docs = describeSlice(
  { about: 'The publication itself: its name, and who may make an account.' },
  {
    get: {
      summary: 'Read the settings of the site',
      description:
        'What the publication calls itself, and who may make an account: `open`, everybody, as an author; `readers`, everybody, as a reader; `invite`, who was invited; `closed`, nobody.',
      examples: [
        {
          summary: 'Anybody',
          response: {
            name: 'Galley',
            description: 'Essays and notes on how things are made, and how they hold up.',
            language: 'en',
            links: [],
            signUp: 'readers',
          },
        },
      ],
    },
  },
)
