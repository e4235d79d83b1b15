import { mediaUses } from '@galley/db/schema'
import { tryTwice } from '@galley/platform/test/try-twice'
import { upload } from '@galley/platform/test/upload'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { useTestDomain } from '../test/context.ts'
import { publishingJobs } from './jobs.ts'

const domain = useTestDomain()

/** An article that shows a picture. */
async function illustrated() {
  const { database } = domain
  const ctx = await domain.person()
  const { id: mediaId } = await upload(ctx)
  const { id } = await insertArticle(database.db, { authorId: ctx.actor.user.id, renderVersion: 1 })
  const subject = { kind: 'article', id }
  await database.db.insert(mediaUses).values({
    mediaId,
    subjectKind: subject.kind,
    subjectId: id,
    title: 'Rain',
    isPublic: true,
  })
  return { mediaId, subjects: [subject] }
}

tryTwice({
  domain,
  jobs: publishingJobs,
  scenarios: {
    'articles.refresh-picture': async () => ({ mediaId: (await illustrated()).mediaId }),
    'articles.forget-picture': illustrated,
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
