import { exampleUser, tomas } from '@galley/api/routers/platform/users.docs'
import { exampleDraft } from '@galley/api/routers/publishing/articles.examples'
import { exampleInvitation } from '@galley/api/routers/publishing/co-authors.docs'
import { exampleLinkId } from '@galley/api/routers/publishing/preview-links'
import type { Db } from '@galley/db/client'
import {
  insertArticle,
  insertCoAuthor,
  insertPreviewLink,
} from '@galley/testing/publishing/factories'

export async function create(db: Db) {
  await insertCoAuthor(db, { articleId: exampleDraft.id, userId: tomas.id, accepted: false })
  const { id } = exampleInvitation.article
  await insertArticle(db, { id, authorId: tomas.id, status: 'draft', publishedAt: null })
  await insertCoAuthor(db, { articleId: id, userId: exampleUser.id, accepted: false })
  await insertPreviewLink(db, {
    id: exampleLinkId,
    articleId: exampleDraft.id,
    createdBy: exampleUser.id,
  })
}
