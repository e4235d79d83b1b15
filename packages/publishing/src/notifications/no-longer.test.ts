import { countUnread } from '@galley/platform/notifications/list'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { told } from '../../test/told.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { requestReview, sendBackArticle } from '../articles/review.ts'
import { inviteCoAuthor } from '../co-authors/manage.ts'
import { createComment, updateComment } from '../comments/write.ts'
import { createFollow, deleteFollow } from '../follows/change.ts'

const domain = useTestDomain()
const { database } = domain

const textsOf = async (ctx: Parameters<typeof told>[0]) => (await told(ctx)).map(({ text }) => text)

test('a mention that an edit removed gives no notification; the author of the article gets one of the comment', async () => {
  const author = await domain.person({ username: 'n-author' })
  const named = await domain.person({ username: 'n-named' })
  const ada = await domain.person({ displayName: 'Ada' })
  const { id: articleId } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Dew',
  })
  const { id } = await createComment(ada, { articleId, body: '@n-named @n-author see.' })
  await domain.runJobs()
  const mention = 'Ada mentioned you in a comment on “Dew”.'
  expect(await textsOf(named)).toEqual([mention])
  expect(await textsOf(author)).toEqual([mention])
  await updateComment(ada, { id, body: 'See.' })
  await domain.runJobs()
  expect(await textsOf(named)).toEqual([])
  expect(await countUnread(named)).toEqual({ unread: 0 })
  expect(await textsOf(author)).toEqual(['Ada commented on “Dew”.'])
})

test('a follow that was taken back gives no notification, until it is made again', async () => {
  const star = await domain.person({ username: 'n-star' })
  const fan = await domain.person({ displayName: 'Fan' })
  await createFollow(fan, { username: 'n-star' })
  await domain.runJobs()
  expect(await textsOf(star)).toEqual(['Fan follows you.'])
  await deleteFollow(fan, { username: 'n-star' })
  expect(await textsOf(star)).toEqual([])
  await createFollow(fan, { username: 'n-star' })
  await domain.runJobs()
  expect(await textsOf(star)).toEqual(['Fan follows you.'])
})

test('a review that was decided is asked for no longer', async () => {
  const author = await domain.person({ displayName: 'Bea' })
  const [editor, other] = [
    await domain.person({ role: 'editor' }),
    await domain.person({ role: 'editor' }),
  ]
  const { id } = await createArticle(author, { title: 'Asked', body: 'b' })
  const { version } = await requestReview(author, { id, version: 1 })
  await domain.runJobs()
  const asked = 'Bea asks for a review of “Asked”.'
  expect(await textsOf(other)).toContain(asked)
  await sendBackArticle(editor, { id, version, reason: 'Short.' })
  expect(await textsOf(other)).not.toContain(asked)
})

test('what is in the trash, or was taken back, invites nobody and is no publication', async () => {
  const author = await domain.person({ username: 'n-writer', displayName: 'Bea' })
  const along = await domain.person({ username: 'n-along', role: 'editor' })
  await createFollow(along, { username: 'n-writer' })
  const draft = await createArticle(author, { title: 'Gone', body: 'b' })
  await inviteCoAuthor(author, { articleId: draft.id, username: 'n-along' })
  const { version } = await publishArticle(author, draft)
  await domain.runJobs()
  const [published, invited] = ['Bea published “Gone”.', 'Bea invites you to write “Gone” along.']
  expect((await textsOf(along)).toSorted()).toEqual([invited, published])
  const back = await unpublishArticle(author, { id: draft.id, version })
  expect(await textsOf(along)).toEqual([invited])
  await deleteArticle(author, back)
  expect(await textsOf(along)).toEqual([])
})
