import { SiteView } from '@galley/contract/platform/site'
import { Nothing } from '@galley/contract/primitives'
import { getSite } from '@galley/platform/site/get'
import { describeSlice } from '../../docs.ts'
import { publicProcedure, router } from '../../trpc.ts'

const docs = describeSlice(
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
            logoUrl: null,
            signUp: 'readers',
          },
        },
      ],
    },
  },
)

export const site = router({
  get: publicProcedure({
    cost: 1,
    queries: 0,
    scope: 'site:read',
    inMaintenance: true,
    rest: { method: 'GET', path: '/site' },
    docs: docs.get,
  })
    .input(Nothing)
    .output(SiteView)
    .query(({ ctx }) => getSite(ctx)),
})
