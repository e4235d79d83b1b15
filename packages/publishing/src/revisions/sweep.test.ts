import { revisions } from '@galley/db/schema'
import { systemCtx } from '@galley/platform/ctx'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertRevision } from '@galley/testing/publishing/factories'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { deleteOldRevisions } from './sweep.ts'

const domain = useTestDomain()
const { database } = domain

const now = new Date('2026-06-30T12:00:00Z')

test('every revision stays for a month, then one a day: what readers saw before what they did not', async () => {
  const { id: authorId } = await insertUser(database.db)
  const { id: articleId } = await insertArticle(database.db, { authorId })
  const saves: [string, boolean][] = [
    ['2026-01-01T08:00:00Z', false],
    ['2026-01-01T09:00:00Z', false],
    ['2026-01-02T08:00:00Z', true],
    ['2026-01-02T09:00:00Z', true],
    ['2026-01-02T10:00:00Z', false],
    ['2026-05-31T11:00:00Z', false],
    ['2026-05-31T13:00:00Z', false],
    ['2026-06-29T08:00:00Z', false],
    ['2026-06-29T09:00:00Z', false],
  ]
  for (const [at, [time, wasPublic]] of saves.entries()) {
    const savedAt = new Date(time)
    const times = { createdAt: savedAt, savedAt }
    await insertRevision(database.db, { articleId, authorId, version: at + 1, wasPublic, ...times })
  }
  const ctx = { ...systemCtx(domain.anonymous()), now: () => now }
  await deleteOldRevisions(ctx)
  const kept = await database.db
    .select({ version: revisions.version })
    .from(revisions)
    .where(eq(revisions.articleId, articleId))
    .orderBy(asc(revisions.version))
  expect(kept.map(({ version }) => version)).toEqual([2, 4, 7, 8, 9])
})

test('the text that an article has now is never deleted, however old', async () => {
  const { id: authorId } = await insertUser(database.db)
  const { id: articleId } = await insertArticle(database.db, { authorId })
  for (const [version, wasPublic] of [
    [1, true],
    [2, false],
  ] as const) {
    await insertRevision(database.db, { articleId, authorId, version, wasPublic })
  }
  await deleteOldRevisions({ ...systemCtx(domain.anonymous()), now: () => now })
  expect(await database.db.$count(revisions, eq(revisions.articleId, articleId))).toBe(2)
})
