import { createHash } from 'node:crypto'
import { newApiToken } from '@galley/auth/api-tokens'
import { createPasswordHasher } from '@galley/auth/passwords'
import { exampleJob } from '@galley/api/routers/platform/jobs.docs'
import { exampleUser, mira, tomas } from '@galley/api/routers/platform/users.examples'
import {
  exampleDraft,
  exampleSource,
  exampleSummary,
} from '@galley/api/routers/publishing/articles.examples'
import { exampleComment } from '@galley/api/routers/publishing/comments.docs'
import { Scope } from '@galley/contract/scopes'
import {
  apiTokens,
  articleTags,
  credentials,
  follows,
  jobRuns,
  refreshTokens,
  tags,
  tokenFamilies,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { examplePassword, exampleRefreshToken } from '../../src/routes/auth-tokens/operations.ts'
import type { TestApp } from '../app.ts'

type On = Pick<TestApp, 'database'>

const inAnHour = () => new Date(Date.now() + 3_600_000)

let passwordHash: Promise<string> | undefined

/** Makes who and what the examples of the document are about. Returns the token of the caller. */
export async function createExampleWorld({ database: { asOperator, db } }: On): Promise<string> {
  await asOperator((sql) => sql`truncate users, tags, idempotency_keys cascade`)
  const { bio } = exampleUser
  await insertUser(db, { ...mira, id: exampleUser.id, bio, role: 'admin' })
  await insertUser(db, { ...tomas, role: 'author' })
  passwordHash ??= createPasswordHasher().hash(examplePassword)
  await db.insert(credentials).values({ userId: exampleUser.id, passwordHash: await passwordHash })
  await createThings({ db })
  await createProgram({ db })
  const { token, hash: tokenHash, hint } = newApiToken()
  const scopes = Scope.options
  await db.insert(apiTokens).values({
    userId: exampleUser.id,
    name: 'Examples',
    tokenHash,
    hint,
    scopes,
    expiresAt: inAnHour(),
  })
  return token
}

async function createThings({ db }: Pick<On['database'], 'db'>) {
  await insertArticle(db, {
    id: exampleSource.id,
    authorId: exampleUser.id,
    slug: exampleSource.slug,
  })
  await insertArticle(db, { id: exampleSummary.id, authorId: tomas.id, slug: exampleSummary.slug })
  await insertArticle(db, {
    id: exampleDraft.id,
    authorId: exampleUser.id,
    status: 'draft',
    publishedAt: null,
  })
  const [gardens] = await db.insert(tags).values({ slug: 'gardens' }).returning()
  if (gardens) {
    const tagged = [exampleSource.id, exampleSummary.id]
    await db
      .insert(articleTags)
      .values(tagged.map((articleId) => ({ articleId, tagId: gardens.id, position: 0 })))
  }
  const articleId = exampleSummary.id
  await insertComment(db, { id: exampleComment.id, articleId, authorId: exampleUser.id })
  await db.insert(follows).values({ followerId: exampleUser.id, followedId: tomas.id })
  await db.insert(jobRuns).values({
    id: exampleJob.id,
    job: exampleJob.job,
    ownerId: exampleUser.id,
    status: exampleJob.status,
    done: exampleJob.done,
    total: exampleJob.total,
  })
}

/** As if the refresh token of the examples had been given to a program of Mira's. */
async function createProgram({ db }: Pick<On['database'], 'db'>) {
  const expiresAt = inAnHour()
  const [family] = await db
    .insert(tokenFamilies)
    .values({ userId: exampleUser.id, expiresAt })
    .returning()
  if (!family) throw new Error('No family was inserted')
  const id = createHash('sha256').update(exampleRefreshToken).digest('hex')
  await db.insert(refreshTokens).values({ id, familyId: family.id, expiresAt })
}
