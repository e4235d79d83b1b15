import { articles, follows } from '@galley/db/schema'
import { insertArticle, insertUser } from '@galley/testing/factories'
import { useTestDatabase } from '@galley/testing/database'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'
import { insertComment } from './comments/queries.ts'
import { reasonOfConstraint } from './constraints.ts'
import { transact } from './ctx.ts'
import { toAppError } from './errors.ts'

const database = useTestDatabase()
const domain = useTestDomain()

type Constraint = { name: string; kind: string }

test('every constraint of the migrated database has a reason', async () => {
  const constraints = await database.sql<Constraint[]>`
    select conname as name, contype as kind from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('f', 'u', 'x', 'c', 'p')
    union
    select relname, 'u' from pg_index join pg_class on pg_class.oid = indexrelid
    where indisunique and not indisprimary and relnamespace = 'public'::regnamespace`
  expect(constraints.length).toBeGreaterThan(60)
  const without = constraints.filter(({ name }) => reasonOfConstraint(name) === undefined)
  expect(without).toEqual([])
  // What a caller's timing can break is never a fault of ours; a hash of 256 bits is not met twice.
  const ours = constraints
    .filter(
      ({ name, kind }) => 'fux'.includes(kind) && reasonOfConstraint(name) === 'server/internal',
    )
    .map(({ name }) => name)
  expect(ours).toEqual(['api_tokens_token_hash_key'])
})

test('a constraint that nobody has thought of has none', () => {
  for (const name of ['', 'gizmos_slug_key', 'gizmos_wheel_id_wheels_id_fk']) {
    expect(reasonOfConstraint(name)).toBeUndefined()
  }
})

test('a comment on an article that was deleted meanwhile: not found', async () => {
  const reader = await domain.person()
  const author = await insertUser(domain.database.db)
  const article = await insertArticle(domain.database.db, { authorId: author.id })
  await domain.database.db.delete(articles).where(eq(articles.id, article.id))
  const comment = {
    id: '019a0000-0000-7000-8000-000000000001',
    articleId: article.id,
    authorId: reader.actor.user.id,
    body: 'Late',
    bodyHtml: '<p>Late</p>',
    renderVersion: 1,
    createdAt: new Date(),
  }
  const error = await transact(reader, (tx) => insertComment(tx, comment)).catch(toAppError)
  expect(error).toMatchObject({ reason: 'article/not-found', code: 'NOT_FOUND' })
})

test('somebody who follows themselves behind the back of the service', async () => {
  const { id } = await insertUser(database.db)
  const error = await database.db
    .insert(follows)
    .values({ followerId: id, followedId: id })
    .catch(toAppError)
  expect(error).toMatchObject({ reason: 'follow/self' })
})
