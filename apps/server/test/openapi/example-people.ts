import { createHash } from 'node:crypto'
import { newApiToken } from '@galley/auth/api-tokens'
import { createPasswordHasher } from '@galley/auth/passwords'
import { ids, mira, refreshToken, slugs, tomas } from '@galley/api/openapi/example-world'
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
import type { TestApp } from '../app.ts'

type On = Pick<TestApp, 'database'>

const inAnHour = () => new Date(Date.now() + 3_600_000)

let passwordHash: Promise<string> | undefined

/** Makes who and what the examples of the document are about, anew. Answers the token of the caller. */
export async function createExampleWorld({ database: { asOperator, db } }: On): Promise<string> {
  await asOperator((sql) => sql`truncate users, tags, idempotency_keys cascade`)
  const { username, displayName, email, password } = mira
  const me = { id: ids.mira, username, displayName, email }
  await insertUser(db, { ...me, bio: 'Writes about orchards.', role: 'admin' })
  await insertUser(db, { ...tomas, id: ids.tomas, bio: 'Measures rain.', role: 'author' })
  passwordHash ??= createPasswordHasher().hash(password)
  await db.insert(credentials).values({ userId: ids.mira, passwordHash: await passwordHash })
  await createThings({ db })
  await createProgram({ db })
  const { token, hash: tokenHash, hint } = newApiToken()
  const scopes = Scope.options
  await db
    .insert(apiTokens)
    .values({ userId: ids.mira, name: 'Examples', tokenHash, hint, scopes, expiresAt: inAnHour() })
  return token
}

async function createThings({ db }: Pick<On['database'], 'db'>) {
  await insertArticle(db, { id: ids.articleOfMira, authorId: ids.mira, slug: slugs.ofMira })
  await insertArticle(db, { id: ids.articleOfTomas, authorId: ids.tomas, slug: slugs.ofTomas })
  await insertArticle(db, {
    id: ids.draftOfMira,
    authorId: ids.mira,
    status: 'draft',
    publishedAt: null,
  })
  const [gardens] = await db.insert(tags).values({ slug: 'gardens' }).returning()
  if (gardens) {
    const tagged = [ids.articleOfMira, ids.articleOfTomas]
    await db
      .insert(articleTags)
      .values(tagged.map((articleId) => ({ articleId, tagId: gardens.id, position: 0 })))
  }
  const articleId = ids.articleOfTomas
  await insertComment(db, { id: ids.commentOfMira, articleId, authorId: ids.mira })
  await db.insert(follows).values({ followerId: ids.mira, followedId: ids.tomas })
  await db.insert(jobRuns).values({
    id: ids.job,
    job: 'articles.rerender',
    ownerId: ids.mira,
    status: 'running',
    done: 40,
    total: 80,
  })
}

/** As if the refresh token of the examples had been given to a program of Mira's. */
async function createProgram({ db }: Pick<On['database'], 'db'>) {
  const expiresAt = inAnHour()
  const [family] = await db
    .insert(tokenFamilies)
    .values({ userId: ids.mira, expiresAt })
    .returning()
  if (!family) throw new Error('No family was inserted')
  const id = createHash('sha256').update(refreshToken).digest('hex')
  await db.insert(refreshTokens).values({ id, familyId: family.id, expiresAt })
}
