import { insertArticle } from '@galley/testing/publishing/factories'
import { updatePreferences } from '@galley/platform/notifications/preferences'
import { countUnread } from '@galley/platform/notifications/list'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { told } from '../../test/told.ts'
import { createComment, deleteComment, updateComment } from '../comments/write.ts'

const domain = useTestDomain()
const { database } = domain

test('an author is told of a comment of somebody else, as long as it is there', async () => {
  const author = await domain.person()
  const reader = await domain.person({ displayName: 'Ada' })
  const { id: articleId, slug } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Hedges',
  })
  await createComment(author, { articleId, body: 'My own.' })
  const comment = await createComment(reader, { articleId, body: 'Fine.' })
  await domain.runJobs()
  const path = `/articles/${slug}?comment=${comment.id}#comment-${comment.id}`
  expect(await told(author)).toEqual([{ text: 'Ada commented on “Hedges”.', path }])
  expect(await told(reader)).toEqual([])
  await deleteComment(reader, { id: comment.id })
  expect(await told(author)).toEqual([])
  expect(await countUnread(author)).toEqual({ unread: 0 })
})

test('a comment that is gone before anybody is told is told to nobody', async () => {
  const author = await domain.person()
  const reader = await domain.person()
  const { id: articleId } = await insertArticle(database.db, { authorId: author.actor.user.id })
  const { id } = await createComment(reader, { articleId, body: 'Fine.' })
  await deleteComment(reader, { id })
  await domain.runJobs()
  expect(await told(author)).toEqual([])
})

test('of an answer, a mention or a comment on their article people are told once, by the first that they want', async () => {
  const author = await domain.person({ username: 'c-author' })
  const asker = await domain.person({ username: 'c-asker' })
  const named = await domain.person({ username: 'c-named' })
  const ada = await domain.person({ username: 'c-ada', displayName: 'Ada' })
  const { id: articleId, slug } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Dew',
  })
  const question = await createComment(asker, { articleId, body: 'Why?' })
  await domain.runJobs()
  await updatePreferences(author, {
    items: [{ kind: 'mention', inApp: false, email: 'off' }],
  })
  const answer = { articleId, parentId: question.id, body: '@c-asker @c-author because.' }
  const { id } = await createComment(ada, answer)
  await domain.runJobs()
  const path = `/articles/${slug}?comment=${id}#comment-${id}`
  expect(await told(asker)).toEqual([{ text: 'Ada answered your comment on “Dew”.', path }])
  const remark = { text: 'Ada commented on “Dew”.', path }
  expect((await told(author)).filter((one) => one.path === path)).toEqual([remark])
  expect(await told(named)).toEqual([])
  await updateComment(ada, { id, body: '@c-asker @c-author @c-named because.' })
  await domain.runJobs()
  expect(await told(named)).toEqual([{ text: 'Ada mentioned you in a comment on “Dew”.', path }])
  expect(await told(asker)).toHaveLength(1)
  expect((await told(author)).filter((one) => one.path === path)).toEqual([remark])
  expect(await told(ada)).toEqual([])
})
