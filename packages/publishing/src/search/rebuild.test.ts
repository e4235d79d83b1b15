import { articleDocuments, articles, articleSearch, auditLog, searchTerms } from '@galley/db/schema'
import { getJob } from '@galley/platform/jobs/follow'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { searchArticles } from './articles.ts'
import { rebuildIndex, rebuildSearchIndex, startRebuild } from './rebuild.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

const find = async (q: string) =>
  (await searchArticles(domain.anonymous(), { q, limit: 20 })).items.map(({ title }) => title)

const later = () => new Date(Date.now() + 1000).toISOString()

test('a rebuild adds articles that the index lacks, and puts right those that it has wrong', async () => {
  const { id: authorId } = await insertUser(database.db)
  const lost = await insertArticle(database.db, { authorId, title: 'Larches' })
  const unranked = await insertArticle(database.db, { authorId, title: 'Alders' })
  const wrong = await insertArticle(database.db, { authorId, title: 'Oaks' })
  await database.db.delete(articleSearch).where(eq(articleSearch.articleId, lost.id))
  await database.db
    .update(articleSearch)
    .set({ head: '', config: 'german' })
    .where(eq(articleSearch.articleId, wrong.id))
  await database.db.delete(articleDocuments).where(eq(articleDocuments.articleId, unranked.id))
  await database.db.insert(searchTerms).values({ term: 'gone', word: 'gone', trigrams: ['gon'] })
  expect(await find('larches or oaks or alders')).toEqual([])
  const steps: number[] = []
  await rebuildIndex(
    domain.anonymous(),
    { since: later() },
    {
      progress: async (done) => void steps.push(done),
    },
  )
  expect(steps).toEqual([0, 3])
  expect(await find('larches')).toEqual(['Larches'])
  expect(await find('oaks')).toEqual(['Oaks'])
  expect(await find('alders')).toEqual(['Alders'])
  const terms = (await database.db.select().from(searchTerms)).map(({ term }) => term)
  expect(terms).not.toContain('gone')
  expect(terms).toContain('larches')
})

test('a rebuild that is run again leaves out what it has indexed', async () => {
  const { id: authorId } = await insertUser(database.db)
  await insertArticle(database.db, { authorId })
  const since = new Date(Date.now() - 60_000).toISOString()
  const missing = await insertArticle(database.db, { authorId })
  await database.db
    .update(articleSearch)
    .set({ indexedAt: new Date(0) })
    .where(eq(articleSearch.articleId, missing.id))
  const run = async () => {
    const steps: number[] = []
    await rebuildIndex(
      domain.anonymous(),
      { since },
      { progress: async (done) => void steps.push(done) },
    )
    return steps
  }
  expect(await run()).toEqual([1, 2])
  expect(await run()).toEqual([2, 2])
})

test('there is one rebuild at a time', async () => {
  expect(await startRebuild(domain.anonymous())).toEqual(expect.any(String))
  expect(await startRebuild(domain.anonymous())).toBeNull()
  // Nobody has an account in whose name the operator's could be followed.
  const admin = await domain.person({ role: 'admin' })
  await expect(rebuildSearchIndex(admin)).rejects.toMatchObject({ reason: 'job/already-running' })
  await domain.runJobs()
})

test('admins who ask for one get the same, see how far it is, and one of them is in the audit log', async () => {
  const admins = [
    await domain.person({ role: 'admin' }),
    await domain.person({ role: 'admin' }),
  ] as const
  const [first, other] = admins
  await insertArticle(database.db, { authorId: first.actor.user.id, title: 'Rowans' })
  await database.db.delete(articleSearch)
  const started = await Promise.all([...admins, ...admins].map(rebuildSearchIndex))
  expect(new Set(started.map(({ jobId }) => jobId)).size).toBe(1)
  const [{ jobId: id } = { jobId: '' }] = started
  expect(await startRebuild(first)).toBeNull()
  await domain.runJobs()
  expect(await getJob(other, { id })).toMatchObject({ status: 'succeeded', done: 1, total: 1 })
  expect(await find('rowans')).toEqual(['Rowans'])
  const audited = await database.db.select().from(auditLog).where(eq(auditLog.targetId, id))
  expect(audited).toMatchObject([{ action: 'job.started', after: { job: 'search.rebuild' } }])
  expect((await rebuildSearchIndex(other)).jobId).not.toBe(id)
  await domain.runJobs()
})
