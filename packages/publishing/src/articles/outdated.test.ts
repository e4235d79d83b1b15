import { articles, comments, outbox } from '@galley/db/schema'
import { updateMedia } from '@galley/platform/media/change'
import { updateProfile } from '@galley/platform/users/update-profile'
import { upload } from '@galley/platform/test/upload'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getComment } from '../comments/list.ts'
import { markMentions } from '../comments/refresh-mentions.ts'
import { createComment } from '../comments/write.ts'
import type { AuthedCtx } from '../ctx.ts'
import { createArticle } from './create.ts'
import { getArticle } from './get.ts'
import { markStale } from './internal.ts'
import { markUsers } from './refresh-pictures.ts'
import { renderStaleTexts } from './rerender.ts'

const domain = useTestDomain()
const { database } = domain

/** An article that shows a picture, and is to be rendered again. */
async function setUp() {
  const author = await domain.person()
  const { id: mediaId } = await upload(author, { fields: { alt: 'Before.' } })
  await domain.runJobs()
  const { id } = await createArticle(author, { title: 'a', body: `![](/media/${mediaId})` })
  await markStale(database.db, id)
  return { author, id, mediaId }
}

/** A renderer at which something happens once a text with these words has been rendered, and before it is stored. */
const thatLets = (ctx: AuthedCtx, words: string, happen: () => Promise<void>): AuthedCtx => ({
  ...ctx,
  markdown: {
    ...ctx.markdown,
    async render(markdown, options) {
      const rendered = await ctx.markdown.render(markdown, options)
      if (markdown.includes(words)) await happen()
      return rendered
    },
  },
})

const job = (ctx: AuthedCtx) => renderStaleTexts(ctx, {}, { progress: () => Promise.resolve() })

const articleBy = {
  'who reads it': (ctx: AuthedCtx, id: string) => getArticle(ctx, { slug: id }),
  'the job for all texts': job,
}

test.each(Object.entries(articleBy))(
  'a text whose picture changes while %s renders it is rendered once more',
  async (_name, read) => {
    const { author, id, mediaId } = await setUp()
    const late = thatLets(author, mediaId, async () => {
      await updateMedia(author, { id: mediaId, alt: 'After.' })
      await markUsers(author, { mediaId })
    })
    await read(late, id)
    expect((await getArticle(author, { slug: id })).bodyHtml).toContain('alt="After."')
    const [stored] = await database.db.select().from(articles).where(eq(articles.id, id))
    expect(stored?.renderVersion).toBe(author.markdown.version)
  },
)

const commentBy = {
  'who reads it': (ctx: AuthedCtx, id: string) => getComment(ctx, { id }),
  'the job for all texts': job,
}

test.each(Object.entries(commentBy))(
  'a comment whose person takes another name while %s renders it is rendered once more',
  async (_name, read) => {
    const author = await domain.person()
    const { id: articleId } = await insertArticle(database.db, { authorId: author.actor.user.id })
    const n = Date.now()
    const person = await domain.person({ username: `then-${n}` })
    const { id } = await createComment(author, { articleId, body: `To @then-${n}.` })
    await database.db.update(comments).set({ renderVersion: 0 }).where(eq(comments.id, id))
    const late = thatLets(author, `@then-${n}`, async () => {
      await updateProfile(person, { username: `now-${n}` })
      await markMentions(author, { userId: person.actor.user.id })
    })
    await read(late, id)
    expect((await getComment(author, { id })).bodyHtml).toContain(`"/authors/now-${n}"`)
  },
)

test('what was read of a text that waits to be rendered is outdated by its next change too', async () => {
  const { author, mediaId } = await setUp()
  const told = () => database.db.$count(outbox, eq(outbox.event, 'texts.outdated'))
  const before = await told()
  await markUsers(author, { mediaId })
  expect(await told()).toBe(before + 1)
})
