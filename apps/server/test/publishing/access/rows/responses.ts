import { insertTagged } from '@galley/testing/publishing/factories'
import {
  closed,
  comment,
  commentOfStranger,
  coWritten,
  draft,
  oldComment,
  published,
} from '../articles.ts'
import {
  adminsScoped,
  demotedOwner,
  row,
  scoped,
  signedInScoped,
  signedInToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'

const hiddenArticle = strangers('article/not-found')
const hiddenComment = strangers('comment/not-found')
const forbidden = strangers('comment/forbidden')
const withoutWriting = demotedOwner('comment/forbidden')

/** Comments, favourites, follows, and what is read beside articles. */
export const rows: Row[] = [
  row(
    'comments.list',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ articleId: (await published(world)).id }),
    'of a published article',
  ),
  row(
    'comments.list',
    { ...scoped, ...hiddenArticle, anonymous: 'article/not-found', otherwise: 'ok' },
    async (world) => ({ articleId: (await draft(world)).id }),
    'of a draft',
  ),
  row(
    'comments.replies',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ id: (await comment(world)).id }),
    'under a published article',
  ),
  row(
    'comments.replies',
    { ...scoped, ...hiddenComment, anonymous: 'comment/not-found', otherwise: 'ok' },
    async (world) => ({ id: (await comment(world, (await draft(world)).id)).id }),
    'under a draft',
  ),
  row(
    'comments.get',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ id: (await comment(world)).id }),
    'under a published article',
  ),
  row(
    'comments.get',
    { ...scoped, ...hiddenComment, anonymous: 'comment/not-found', otherwise: 'ok' },
    async (world) => ({ id: (await comment(world, (await draft(world)).id)).id }),
    'under a draft',
  ),
  row(
    'comments.create',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => ({ articleId: (await published(world)).id, body: 'So it is.' }),
    'on a published article',
  ),
  row(
    'comments.create',
    { ...signedInToWrite, ...hiddenArticle, otherwise: 'article/not-published' },
    async (world) => ({ articleId: (await draft(world)).id, body: 'So it is.' }),
    'on a draft',
  ),
  row(
    'comments.create',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => {
      const { id: parentId, articleId } = await comment(world)
      return { articleId, parentId, body: 'So it is.' }
    },
    'in reply',
  ),
  row(
    'comments.create',
    { ...signedInToWrite, otherwise: 'article/comments-closed' },
    async (world) => ({ articleId: (await closed(world)).id, body: 'So it is.' }),
    'on a closed article',
  ),
  row(
    'comments.update',
    {
      ...signedInToWrite,
      ...forbidden,
      editor: 'comment/forbidden',
      admin: 'comment/forbidden',
      adminToken: 'comment/forbidden',
      otherwise: 'ok',
    },
    async (world) => ({ id: (await comment(world)).id, body: 'So it was.' }),
    'of the owner',
  ),
  row(
    'comments.update',
    {
      ...signedInToWrite,
      ...forbidden,
      editor: 'comment/forbidden',
      admin: 'comment/forbidden',
      adminToken: 'comment/forbidden',
      otherwise: 'comment/edit-window-over',
    },
    async (world) => ({ id: (await oldComment(world)).id, body: 'So it was.' }),
    'of the owner, of yesterday',
  ),
  row(
    'comments.update',
    { ...signedInToWrite, ...hiddenComment, otherwise: 'comment/forbidden' },
    async (world) => ({
      id: (await commentOfStranger(world, (await draft(world)).id)).id,
      body: 'So it was.',
    }),
    'of somebody else, under a draft of the owner',
  ),
  row(
    'comments.delete',
    { ...signedInToWrite, ...forbidden, otherwise: 'ok' },
    async (world) => ({ id: (await comment(world)).id }),
    'of the owner',
  ),
  row(
    'comments.delete',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await commentOfStranger(world, (await published(world)).id)).id }),
    'of somebody else, under an article of the owner',
  ),
  row(
    'comments.delete',
    {
      ...signedInToWrite,
      ...withoutWriting,
      reader: 'comment/forbidden',
      readerToken: 'comment/forbidden',
      otherwise: 'ok',
    },
    async (world) => {
      const { id } = await coWritten(world, { status: 'published' })
      return { id: (await commentOfStranger(world, id)).id }
    },
    'of somebody else, under an article that the caller writes along',
  ),
  row(
    'comments.delete',
    { ...signedInToWrite, ...hiddenComment, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await commentOfStranger(world, (await draft(world)).id)).id }),
    'of somebody else, under a draft of the owner',
  ),
  ...['favourites.create', 'favourites.delete'].flatMap((procedure) => [
    row(
      procedure,
      { ...signedInToWrite, otherwise: 'ok' },
      async (world) => ({ articleId: (await published(world)).id }),
      'a published article',
    ),
    row(
      procedure,
      { ...signedInToWrite, ...hiddenArticle, otherwise: 'article/not-published' },
      async (world) => ({ articleId: (await draft(world)).id }),
      'a draft',
    ),
  ]),
  ...['follows.create', 'follows.delete'].flatMap((procedure) => [
    row(
      procedure,
      { ...signedInToWrite, otherwise: 'ok' },
      ({ stranger }) => ({ username: stranger.username }),
      'somebody else',
    ),
    row(
      procedure,
      { ...signedInToWrite, otherwise: 'follow/self' },
      ({ caller }) => ({ username: caller.username }),
      'oneself',
    ),
  ]),
  ...['tagFollows.get', 'tagFollows.create', 'tagFollows.delete'].map((procedure) =>
    row(
      procedure,
      { ...(procedure === 'tagFollows.get' ? signedInScoped : signedInToWrite), otherwise: 'ok' },
      async ({ db, owner }) => ({ slug: (await insertTagged(db, { authorId: owner.id })).slug }),
    ),
  ),
  row('tagFollows.list', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row('favourites.list', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  ...['follows.followers', 'follows.following'].map((procedure) =>
    row(procedure, { ...scoped, otherwise: 'ok' }, ({ owner }) => ({ username: owner.username })),
  ),
  row('feed.list', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row('search.articles', { ...scoped, otherwise: 'ok' }, () => ({ q: 'tree' }), 'published'),
  row(
    'search.articles',
    { ...signedInScoped, otherwise: 'ok' },
    () => ({ q: 'tree', status: 'draft' }),
    'drafts',
  ),
  row('search.suggest', { ...scoped, otherwise: 'ok' }, () => ({ q: 'tree' })),
  row(
    'search.rebuild',
    adminsScoped,
    // One that runs already is returned in place of a second one.
    async ({ db }) =>
      void (await db.execute("delete from pgboss.job where name = 'search.rebuild'")),
  ),
  row('tags.bySlug', { ...scoped, otherwise: 'tag/not-found' }, () => ({ slug: 'no-such-topic' })),
  row('tags.list', { ...scoped, otherwise: 'ok' }, () => ({})),
  row('users.byUsername', { ...scoped, otherwise: 'ok' }, ({ owner }) => ({
    username: owner.username,
  })),
]
