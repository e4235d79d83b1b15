import { articles, comments, favourites } from '@galley/db/schema'
import { insertArticle, insertComment, insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import {
  createArticle,
  deleteArticle,
  getArticle,
  getArticleSource,
  listArticles,
  listMyArticles,
  previewArticle,
  publishArticle,
  unpublishArticle,
  updateArticle,
} from './service.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

beforeEach(async () => {
  await database.db.delete(articles)
})

test('a new draft may lack everything, and only its author and editors find it', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, {})
  expect(draft).toMatchObject({
    title: '',
    body: '',
    status: 'draft',
    version: 1,
    publishedAt: null,
    slug: 'untitled',
  })
  const editor = await domain.person({ role: 'editor' })
  expect((await getArticle(author, { slug: draft.slug })).id).toBe(draft.id)
  expect((await getArticle(editor, { slug: draft.slug })).id).toBe(draft.id)
  for (const other of [
    domain.anonymous(),
    await domain.person(),
    await domain.person({ role: 'reader' }),
  ]) {
    await expect(getArticle(other, { slug: draft.slug })).rejects.toThrow(
      failsWith('article/not-found'),
    )
  }
})

test('write, publish, read', async () => {
  const author = await domain.person({ username: 'the-author', displayName: 'The Author' })
  const draft = await createArticle(author, {
    title: 'On tides',
    description: 'Why the water comes.',
    body: '## Twice a day\n\nThe **moon** pulls.',
    tags: ['sea', 'moon'],
  })
  const published = await publishArticle(author, { id: draft.id, version: draft.version })
  expect(published).toMatchObject({ status: 'published', version: 2, slug: 'on-tides' })
  const read = await getArticle(domain.anonymous(), { slug: 'on-tides' })
  expect(read).toMatchObject({
    title: 'On tides',
    author: { username: 'the-author', displayName: 'The Author' },
    tags: ['sea', 'moon'],
    words: 6,
    favouriteCount: 0,
    commentCount: 0,
    favourited: false,
    can: {
      edit: false,
      publish: false,
      unpublish: false,
      delete: false,
      comment: false,
      favourite: false,
    },
  })
  expect(read.bodyHtml).toContain('<strong>moon</strong>')
  expect(read).not.toHaveProperty('body')
})

test('a stale write is refused and loses nothing', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'One', body: 'First.' })
  const first = await updateArticle(author, { id: draft.id, version: 1, body: 'Second.' })
  expect(first.version).toBe(2)
  await expect(
    updateArticle(author, { id: draft.id, version: 1, body: 'Lost?', tags: ['x'] }),
  ).rejects.toThrow(failsWith('article/stale-version'))
  expect(await getArticleSource(author, { id: draft.id })).toMatchObject({
    body: 'Second.',
    version: 2,
    tags: [],
  })
})

test('of twenty writers with the same version one wins', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'Race' })
  const writes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      updateArticle(author, { id: draft.id, version: 1, body: `Text ${n}` }),
    ),
  )
  expect(writes.filter((write) => write.status === 'fulfilled')).toHaveLength(1)
})

test('an update changes only what it names', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, {
    title: 'One',
    description: 'D',
    body: 'B',
    tags: ['a', 'b'],
    coverUrl: '/a.svg',
  })
  const changed = await updateArticle(author, { id: draft.id, version: 1, tags: ['b', 'c'] })
  expect(changed).toMatchObject({
    title: 'One',
    description: 'D',
    body: 'B',
    tags: ['b', 'c'],
    coverUrl: '/a.svg',
  })
  expect(await updateArticle(author, { id: draft.id, version: 2, coverUrl: null })).toMatchObject({
    coverUrl: null,
    tags: ['b', 'c'],
  })
})

test('the slug follows the title until the first publication and is fixed from then on', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'First name', body: 'B' })
  const renamed = await updateArticle(author, { id: draft.id, version: 1, title: 'Second name' })
  expect(renamed.slug).toBe('second-name')
  const out = await publishArticle(author, { id: draft.id, version: 2 })
  const later = await updateArticle(author, {
    id: draft.id,
    version: out.version,
    title: 'Third name',
  })
  expect(later).toMatchObject({ title: 'Third name', slug: 'second-name' })
  const back = await unpublishArticle(author, { id: draft.id, version: later.version })
  const again = await updateArticle(author, {
    id: draft.id,
    version: back.version,
    title: 'Fourth name',
  })
  expect(again.slug).toBe('second-name')
})

test('fifty articles of one title at once get fifty slugs', async () => {
  const author = await domain.person()
  const made = await Promise.all(
    Array.from({ length: 50 }, () => createArticle(author, { title: 'Same title' })),
  )
  const slugs = new Set(made.map((article) => article.slug))
  expect(slugs.size).toBe(50)
  expect(slugs.has('same-title')).toBe(true)
})

test('what is out keeps a title and a text', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { description: 'Only this' })
  await expect(publishArticle(author, { id: draft.id, version: 1 })).rejects.toThrow(
    expect.objectContaining({
      reason: 'article/incomplete',
      fields: [
        expect.objectContaining({ path: 'title' }),
        expect.objectContaining({ path: 'body' }),
      ],
    }),
  )
  const ready = await updateArticle(author, { id: draft.id, version: 1, title: 'T', body: 'B' })
  const out = await publishArticle(author, { id: draft.id, version: ready.version })
  await expect(
    updateArticle(author, { id: draft.id, version: out.version, title: ' ' }),
  ).rejects.toThrow(failsWith('article/incomplete'))
})

test.each(['<!-- a -->', '[a]: https://example.com', '&nbsp;', '\u200B', '# '])(
  'an article of %j has no text: it is a draft, and nothing that is out becomes it',
  async (body) => {
    const author = await domain.person()
    const incomplete = expect.objectContaining({
      reason: 'article/incomplete',
      fields: [expect.objectContaining({ path: 'body' })],
    })
    const { id } = await createArticle(author, { title: 'T', body })
    await expect(publishArticle(author, { id, version: 1 })).rejects.toThrow(incomplete)
    const image = await updateArticle(author, { id, version: 1, body: '![](/a.png)' })
    const out = await publishArticle(author, { id, version: image.version })
    const emptied = updateArticle(author, { id, version: out.version, body })
    await expect(emptied).rejects.toThrow(incomplete)
  },
)

test('a draft of an older renderer is rendered before it is published', async () => {
  const author = await domain.person()
  const stale = { authorId: author.actor.user.id, status: 'draft', bodyHtml: '' } as const
  const { id } = await insertArticle(database.db, { ...stale, body: '*a*', renderVersion: 0 })
  const published = await publishArticle(author, { id, version: 1 })
  expect(published.status).toBe('published')
  const blank = await insertArticle(database.db, { ...stale, body: '# ', renderVersion: 0 })
  await expect(publishArticle(author, { id: blank.id, version: 1 })).rejects.toThrow(
    failsWith('article/incomplete'),
  )
})

test('publishing and taking back keep the first date; repeating either is refused', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'T', body: 'B' })
  const first = await publishArticle(author, { id: draft.id, version: 1 })
  await expect(publishArticle(author, { id: draft.id, version: 2 })).rejects.toThrow(
    failsWith('article/already-published'),
  )
  await unpublishArticle(author, { id: draft.id, version: 2 })
  await expect(unpublishArticle(author, { id: draft.id, version: 3 })).rejects.toThrow(
    failsWith('article/not-published'),
  )
  const again = await publishArticle(author, { id: draft.id, version: 3 })
  expect(again.publishedAt).toBe(first.publishedAt)
})

test('an article counts as changed when its text does: not when it is taken back, put out again or saved as it is', async () => {
  const author = await domain.person()
  const content = { title: 'T', description: 'D', body: 'B', coverUrl: null, tags: ['b', 'a'] }
  const draft = await createArticle(author, content)
  const at = (minute: number) => ({
    ...author,
    now: () => new Date(Date.UTC(2040, 0, 1, 0, minute)),
  })
  await publishArticle(at(1), { id: draft.id, version: 1 })
  await unpublishArticle(at(2), { id: draft.id, version: 2 })
  const out = await publishArticle(at(3), { id: draft.id, version: 3 })
  expect(out).toMatchObject({ version: 4, updatedAt: draft.updatedAt })
  const same = await updateArticle(at(4), {
    id: draft.id,
    version: 4,
    ...content,
    tags: ['a', 'b'],
  })
  expect(same).toMatchObject({ version: 4, updatedAt: draft.updatedAt })
  for (const change of [{ title: 'U' }, { body: 'C' }, { coverUrl: '/a.svg' }, { tags: ['a'] }]) {
    const { version } = await getArticleSource(author, { id: draft.id })
    const changed = await updateArticle(at(5 + version), { id: draft.id, version, ...change })
    expect(changed).toMatchObject({ ...change, version: version + 1 })
    expect(changed.updatedAt).toBe(
      at(5 + version)
        .now()
        .toISOString(),
    )
  }
})

test('others may not change an article, and a hidden one is not there for them', async () => {
  const author = await domain.person()
  const other = await domain.person()
  const { id } = await createArticle(author, { title: 'T', body: 'B' })
  const acts = [
    (ctx: typeof author, version: number) => updateArticle(ctx, { id, version, title: 'X' }),
    (ctx: typeof author, version: number) => publishArticle(ctx, { id, version }),
    (ctx: typeof author, version: number) => unpublishArticle(ctx, { id, version }),
    (ctx: typeof author) => deleteArticle(ctx, { id }),
    (ctx: typeof author) => getArticleSource(ctx, { id }),
  ]
  for (const act of acts)
    await expect(act(other, 1)).rejects.toThrow(failsWith('article/not-found'))
  await publishArticle(author, { id, version: 1 })
  for (const act of acts)
    await expect(act(other, 2)).rejects.toThrow(failsWith('article/forbidden'))
})

test('the suspended and readers write nothing', async () => {
  const suspended = await domain.person({ status: 'suspended' })
  const reader = await domain.person({ role: 'reader' })
  await expect(createArticle(suspended, { title: 'T' })).rejects.toThrow(
    failsWith('user/suspended'),
  )
  await expect(createArticle(reader, { title: 'T' })).rejects.toThrow(
    failsWith('article/forbidden'),
  )
  const mine = await insertArticle(database.db, { authorId: suspended.actor.user.id })
  await expect(deleteArticle(suspended, { id: mine.id })).rejects.toThrow(
    failsWith('user/suspended'),
  )
  expect(await database.db.$count(articles)).toBe(1)
})

test('deleting ends the comments and favourites too, and cannot be repeated', async () => {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  await insertComment(database.db, { articleId: article.id, authorId: author.actor.user.id })
  await database.db
    .insert(favourites)
    .values({ articleId: article.id, userId: author.actor.user.id })
  expect(await deleteArticle(author, { id: article.id })).toEqual({ id: article.id })
  expect(await database.db.$count(comments)).toBe(0)
  await expect(deleteArticle(author, { id: article.id })).rejects.toThrow(
    failsWith('article/not-found'),
  )
})

test('the list holds what is out, newest first, page by page without gap or repeat', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const sameMoment = new Date('2026-05-01T10:00:00.123Z')
  for (let n = 0; n < 7; n++)
    await insertArticle(database.db, { authorId, publishedAt: sameMoment })
  await insertArticle(database.db, { authorId })
  await insertArticle(database.db, { authorId, status: 'draft' })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { items, page } = await listArticles(author, { limit: 3, cursor })
    seen.push(...items.map((item) => item.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toHaveLength(8)
  expect(new Set(seen).size).toBe(8)
  const newest = await database.db.query.articles.findMany({
    where: eq(articles.status, 'published'),
    orderBy: (t, { desc }) => [desc(t.publishedAt), desc(t.id)],
  })
  expect(seen).toEqual(newest.map((article) => article.id))
})

test('the list by tag and by author', async () => {
  const one = await domain.person({ username: 'author-one' })
  const two = await domain.person({ username: 'author-two' })
  const write = async (ctx: typeof one, title: string, tags: string[]) => {
    const draft = await createArticle(ctx, { title, body: 'B', tags })
    await publishArticle(ctx, { id: draft.id, version: 1 })
  }
  await write(one, 'A', ['sea', 'wind'])
  await write(one, 'B', ['wind'])
  await write(two, 'C', ['sea'])
  const titles = async (input: { tag?: string; author?: string }) =>
    (await listArticles(domain.anonymous(), { limit: 20, ...input })).items
      .map((item) => item.title)
      .toSorted()
  expect(await titles({ tag: 'sea' })).toEqual(['A', 'C'])
  expect(await titles({ author: 'author-one' })).toEqual(['A', 'B'])
  expect(await titles({ author: 'author-one', tag: 'sea' })).toEqual(['A'])
  expect(await titles({ tag: 'nothing' })).toEqual([])
})

test('my articles are mine alone, drafts and published', async () => {
  const me = await domain.person()
  const other = await domain.person()
  await createArticle(me, { title: 'Draft of mine' })
  await insertArticle(database.db, { authorId: me.actor.user.id, title: 'Out' })
  await createArticle(other, { title: 'Not mine' })
  const all = await listMyArticles(me, { limit: 20 })
  expect(all.items.map((item) => item.title).toSorted()).toEqual(['Draft of mine', 'Out'])
  const drafts = await listMyArticles(me, { limit: 20, status: 'draft' })
  expect(drafts.items.map((item) => item.title)).toEqual(['Draft of mine'])
})

test.each([1, 10, 100])('a list of %i articles is one statement', async (rows) => {
  const author = await insertUser(database.db)
  for (let n = 0; n < rows; n++) await insertArticle(database.db, { authorId: author.id })
  const viewer = await domain.person()
  database.statements.length = 0
  const { items } = await listArticles(viewer, { limit: 100 })
  expect(items).toHaveLength(rows)
  expect(database.statements).toHaveLength(1)
})

test('HTML of an older renderer is made anew when it is read, once', async () => {
  const author = await domain.person()
  const old = {
    authorId: author.actor.user.id,
    body: '*new*',
    bodyHtml: '<p>old</p>',
    renderVersion: 0,
  }
  const article = await insertArticle(database.db, old)
  expect((await getArticle(author, { slug: article.slug })).bodyHtml).toContain('<em>new</em>')
  const [stored] = await database.db.select().from(articles).where(eq(articles.id, article.id))
  expect(stored).toMatchObject({ version: 1, renderVersion: author.markdown.version })
  expect(stored?.bodyHtml).toContain('<em>new</em>')
})

test('a text that cannot be rendered again keeps the HTML that it had; without any it is unavailable', async () => {
  const author = await domain.person()
  const failing = {
    ...author,
    markdown: {
      ...author.markdown,
      render: () =>
        Promise.reject(Object.assign(new Error('late'), { code: 'markdown/too-complex' })),
    },
  }
  const old = { authorId: author.actor.user.id, body: '*new*', renderVersion: 0 }
  const rendered = await insertArticle(database.db, { ...old, bodyHtml: '<p>old</p>' })
  expect((await getArticle(failing, { slug: rendered.slug })).bodyHtml).toBe('<p>old</p>')
  const never = await insertArticle(database.db, { ...old, bodyHtml: '' })
  await expect(getArticle(failing, { slug: never.slug })).rejects.toMatchObject({
    reason: 'server/unavailable',
    retryAfterSeconds: 1,
  })
})

test('a preview is what the article will be, and stores nothing', async () => {
  const author = await domain.person()
  const { bodyHtml, words } = await previewArticle(author, {
    body: 'A <script>alert(1)</script> *b*',
  })
  expect(bodyHtml).toContain('<em>b</em>')
  expect(bodyHtml).not.toContain('<script')
  expect(words).toBeGreaterThan(0)
  expect(await database.db.$count(articles)).toBe(0)
})
