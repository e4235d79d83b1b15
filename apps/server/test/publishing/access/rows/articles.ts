import { randomUUIDv7 } from 'node:crypto'
import { coWritten, draft, published } from '../articles.ts'
import {
  adminsScoped,
  demotedOwner,
  editors,
  row,
  scoped,
  signedInScoped,
  signedInToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'

const hidden = strangers('article/not-found')
const forbidden = strangers('article/forbidden')
const withoutWriting = demotedOwner('article/forbidden')
const readers = { reader: 'article/forbidden', readerToken: 'article/forbidden' } as const
const editorsOnly = { editor: 'ok', admin: 'ok', adminToken: 'ok' } as const

export const rows: Row[] = [
  row('articles.list', { ...scoped, otherwise: 'ok' }, () => ({})),
  row(
    'articles.bySlug',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ slug: (await published(world)).slug }),
    'published',
  ),
  row(
    'articles.bySlug',
    { ...scoped, ...hidden, anonymous: 'article/not-found', otherwise: 'ok' },
    async (world) => ({ slug: (await draft(world)).slug }),
    'draft',
  ),
  row(
    'articles.around',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ id: (await published(world)).id }),
    'published',
  ),
  row(
    'articles.around',
    { ...scoped, otherwise: 'article/not-found' },
    async (world) => ({ id: (await draft(world)).id }),
    'draft',
  ),
  row('articles.mine', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row(
    'articles.source',
    {
      ...signedInScoped,
      ...forbidden,
      ...withoutWriting,
      suspended: 'article/forbidden',
      suspendedToken: 'article/forbidden',
      otherwise: 'ok',
    },
    async (world) => ({ id: (await published(world)).id }),
    'published',
  ),
  row(
    'articles.source',
    {
      ...signedInScoped,
      ...hidden,
      suspended: 'article/forbidden',
      suspendedToken: 'article/forbidden',
      otherwise: 'ok',
    },
    async (world) => ({ id: (await draft(world)).id }),
    'draft',
  ),
  row('articles.preview', { ...signedInToWrite, otherwise: 'ok' }, () => ({ body: 'A *text*.' })),
  row(
    'articles.create',
    {
      ...signedInToWrite,
      reader: 'article/forbidden',
      readerToken: 'article/forbidden',
      ...withoutWriting,
      otherwise: 'ok',
    },
    () => ({ title: 'New' }),
  ),
  row(
    'articles.update',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await published(world)).id, version: 1, title: 'New' }),
    'published',
  ),
  row(
    'articles.update',
    { ...signedInToWrite, ...hidden, otherwise: 'ok' },
    async (world) => ({ id: (await draft(world)).id, version: 1, title: 'New' }),
    'draft',
  ),
  row(
    'articles.publish',
    { ...signedInToWrite, ...hidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await draft(world)).id, version: 1 }),
    'draft',
  ),
  row(
    'articles.publish',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'article/already-published' },
    async (world) => ({ id: (await published(world)).id, version: 1 }),
    'published',
  ),
  row(
    'articles.unpublish',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await published(world)).id, version: 1 }),
    'published',
  ),
  row(
    'articles.unpublish',
    { ...signedInToWrite, ...hidden, otherwise: 'article/not-published' },
    async (world) => ({ id: (await draft(world)).id, version: 1 }),
    'draft',
  ),
  ...['articles.closeComments', 'articles.openComments'].flatMap((procedure) => [
    row(
      procedure,
      { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
      async (world) => ({ id: (await published(world)).id }),
      'published',
    ),
    row(
      procedure,
      { ...signedInToWrite, ...hidden, otherwise: 'ok' },
      async (world) => ({ id: (await draft(world)).id }),
      'draft',
    ),
  ]),
  row(
    'articles.delete',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await published(world)).id }),
    'published',
  ),
  row(
    'articles.delete',
    { ...signedInToWrite, ...hidden, otherwise: 'ok' },
    async (world) => ({ id: (await draft(world)).id }),
    'draft',
  ),
  row(
    'articles.bySlug',
    { ...scoped, anonymous: 'article/not-found', otherwise: 'ok' },
    async (world) => ({ slug: (await coWritten(world)).slug }),
    'draft that the caller writes along',
  ),
  row(
    'articles.source',
    {
      ...signedInScoped,
      suspended: 'article/forbidden',
      suspendedToken: 'article/forbidden',
      otherwise: 'ok',
    },
    async (world) => ({ id: (await coWritten(world)).id }),
    'draft that the caller writes along',
  ),
  row(
    'articles.update',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => ({ id: (await coWritten(world)).id, version: 1, title: 'New' }),
    'draft that the caller writes along',
  ),
  row(
    'articles.update',
    { ...signedInToWrite, ...readers, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({
      id: (await coWritten(world, { status: 'published' })).id,
      version: 1,
      slug: `new-${randomUUIDv7()}`,
    }),
    'published, and the caller writes it along',
  ),
  row(
    'articles.publish',
    { ...signedInToWrite, ...readers, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await coWritten(world)).id, version: 1 }),
    'draft that the caller writes along',
  ),
  row(
    'articles.unpublish',
    { ...signedInToWrite, ...readers, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ id: (await coWritten(world, { status: 'published' })).id, version: 1 }),
    'published, and the caller writes it along',
  ),
  row(
    'articles.delete',
    { ...signedInToWrite, ...editorsOnly, otherwise: 'article/forbidden' },
    async (world) => ({ id: (await coWritten(world)).id }),
    'draft that the caller writes along',
  ),
  row('articles.drafts', { ...editors, otherwise: 'ok' }, () => ({})),
  row(
    'articles.rerender',
    adminsScoped,
    // One that runs already is returned in place of a second one.
    async ({ db }) =>
      void (await db.execute("delete from pgboss.job where name = 'articles.rerender'")),
  ),
]
