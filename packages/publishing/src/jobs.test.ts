import { tryTwice } from '@galley/platform/test/try-twice'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { useTestDomain } from '../test/context.ts'
import { publishingJobs } from './jobs.ts'

const domain = useTestDomain()

tryTwice({
  domain,
  jobs: publishingJobs,
  scenarios: {
    'articles.rerender': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      await insertArticle(domain.database.db, { authorId, body: '*a*', renderVersion: 0 })
      return {}
    },
    'search.rebuild': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      await insertArticle(domain.database.db, { authorId })
      return { since: new Date().toISOString() }
    },
  },
})
