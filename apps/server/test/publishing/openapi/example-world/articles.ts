import { exampleUser, tomas } from '@galley/api/routers/platform/users.docs'
import {
  exampleDraft,
  exampleSource,
  exampleSummary,
} from '@galley/api/routers/publishing/articles.examples'
import type { Db } from '@galley/db/client'
import { articleTags, tags } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'

export async function create(db: Db) {
  const authorId = exampleUser.id
  const { id, slug } = exampleSource
  await insertArticle(db, { id, authorId, slug })
  await insertArticle(db, { id: exampleSummary.id, authorId: tomas.id, slug: exampleSummary.slug })
  await insertArticle(db, { id: exampleDraft.id, authorId, status: 'draft', publishedAt: null })
  const [gardens] = await db
    .insert(tags)
    .values({ slug: 'gardens' })
    .onConflictDoUpdate({ target: tags.slug, set: { slug: 'gardens' } })
    .returning()
  if (!gardens) throw new Error('No tag was inserted')
  const tagged = [id, exampleSummary.id]
  await db
    .insert(articleTags)
    .values(tagged.map((articleId) => ({ articleId, tagId: gardens.id, position: 0 })))
}
