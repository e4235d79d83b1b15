import { exampleUser, tomas } from '@galley/api/routers/platform/users.docs'
import {
  exampleArchived,
  exampleDraft,
  exampleInReview,
  exampleScheduled,
  exampleSource,
  exampleSummary,
  exampleTrashed,
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
  const unpublished = { authorId, publishedAt: null }
  await insertArticle(db, { ...unpublished, id: exampleInReview.id, status: 'in_review' })
  await insertArticle(db, {
    ...unpublished,
    id: exampleScheduled.id,
    status: 'scheduled',
    scheduledAt: new Date(exampleScheduled.schedule?.at ?? ''),
    scheduledZone: exampleScheduled.schedule?.zone,
    scheduledBy: authorId,
  })
  await insertArticle(db, { id: exampleArchived.id, authorId, status: 'archived' })
  await insertArticle(db, {
    ...unpublished,
    id: exampleTrashed.id,
    status: 'trashed',
    deletedAt: new Date(),
  })
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
