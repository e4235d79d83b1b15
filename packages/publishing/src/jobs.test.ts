import {
  articleAuthors,
  articlePresence,
  commentMentions,
  favourites,
  follows,
  mediaUses,
} from '@galley/db/schema'
import { tryTwice } from '@galley/platform/test/try-twice'
import { upload } from '@galley/platform/test/upload'
import { insertUser } from '@galley/testing/factories'
import {
  insertArticle,
  insertComment,
  insertRevision,
  insertTagged,
} from '@galley/testing/publishing/factories'
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
  // To say once more that a text is outdated has it rendered once more. Each mark is another one: who renders the text meanwhile must not
  // store what they have seen before.
  counts: (row, table) => {
    if (table === 'outbox' && row['event'] === 'texts.outdated') return undefined
    return 'render_version' in row
      ? { ...row, render_version: Math.max(Number(row['render_version']), -1) }
      : row
  },
  scenarios: {
    'articles.refresh-picture': async () => ({ mediaId: (await illustrated()).mediaId }),
    'articles.forget-picture': illustrated,
    'articles.rerender': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      await insertArticle(domain.database.db, { authorId, body: '*a*', renderVersion: 0 })
      return {}
    },
    'articles.tell-followers': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const { id: followerId } = await insertUser(domain.database.db)
      await domain.database.db.insert(follows).values({ followerId, followedId: authorId })
      const { article } = await insertTagged(domain.database.db, {
        authorId,
        publishedAt: new Date(),
      })
      return { articleId: article.id, sources: [{ author: authorId }] }
    },
    'articles.tell-editors': async () => {
      const { id: userId } = await insertUser(domain.database.db)
      await insertUser(domain.database.db, { role: 'editor' })
      const status = 'in_review'
      const values = { authorId: userId, status, publishedAt: null } as const
      const { id: articleId } = await insertArticle(domain.database.db, values)
      return { articleId, userId }
    },
    'articles.tell-of-decision': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const { id: userId } = await insertUser(domain.database.db, { role: 'editor' })
      const { id: articleId } = await insertArticle(domain.database.db, { authorId })
      return { articleId, userId, decision: 'approved' }
    },
    'co-authors.tell-of-invitation': async () => {
      const { id: byUserId } = await insertUser(domain.database.db)
      const { id: userId } = await insertUser(domain.database.db)
      const { id: articleId } = await insertArticle(domain.database.db, { authorId: byUserId })
      await domain.database.db
        .insert(articleAuthors)
        .values({ articleId, userId, position: 1, invitedBy: byUserId })
      return { articleId, userId, byUserId }
    },
    'comments.tell-of-comment': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const { id: articleId } = await insertArticle(domain.database.db, { authorId })
      const { id: readerId } = await insertUser(domain.database.db)
      const comment = await insertComment(domain.database.db, { articleId, authorId: readerId })
      return { commentId: comment.id, articleId }
    },
    'follows.tell-of-follow': async () => {
      const { id: followedId } = await insertUser(domain.database.db)
      const { id: followerId } = await insertUser(domain.database.db)
      await domain.database.db.insert(follows).values({ followerId, followedId })
      return { followerId, followedId }
    },
    'favourites.tell-of-favourites': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const { id: articleId } = await insertArticle(domain.database.db, { authorId })
      const { id: userId } = await insertUser(domain.database.db)
      const createdAt = new Date(Date.now() - 86_400_000)
      await domain.database.db.insert(favourites).values({ userId, articleId, createdAt })
      return {}
    },
    'revisions.sweep': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const { id: articleId } = await insertArticle(domain.database.db, { authorId })
      for (const version of [1, 2, 3]) {
        await insertRevision(domain.database.db, { articleId, authorId, version })
      }
      return {}
    },
    'comments.refresh-mentions': async () => {
      const { db } = domain.database
      const { id: userId } = await insertUser(db, { username: 'renamed' })
      const { id: articleId } = await insertArticle(db, { authorId: userId })
      const { id: commentId } = await insertComment(db, { articleId, authorId: userId })
      await db.insert(commentMentions).values({ commentId, userId, username: 'before' })
      return { userId }
    },
    'articles.apply-schedule': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const at = { scheduledAt: new Date(0), scheduledZone: 'UTC', scheduledBy: authorId }
      await insertArticle(domain.database.db, { authorId, status: 'scheduled', ...at })
      return {}
    },
    'presence.sweep': async () => {
      const { id: userId } = await insertUser(domain.database.db)
      const { id: articleId } = await insertArticle(domain.database.db, { authorId: userId })
      const row = { articleId, userId, pageId: crypto.randomUUID(), seenAt: new Date(0) }
      await domain.database.db.insert(articlePresence).values(row)
      return {}
    },
    'articles.sweep-trash': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      const deletedAt = new Date(0)
      await insertArticle(domain.database.db, { authorId, status: 'trashed', deletedAt })
      return {}
    },
    'search.rebuild': async () => {
      const { id: authorId } = await insertUser(domain.database.db)
      await insertArticle(domain.database.db, { authorId })
      return { since: new Date().toISOString() }
    },
  },
})
