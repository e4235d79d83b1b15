import { archived, draft, inReview, published, scheduled, trashed } from '../articles.ts'
import {
  demotedOwner,
  row,
  signedInScoped,
  signedInToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'
import type { World } from '../../../platform/access/world.ts'

const hidden = strangers('article/not-found')
const forbidden = strangers('article/forbidden')
const withoutWriting = demotedOwner('article/forbidden')

const toWriteHidden = { ...signedInToWrite, ...hidden } as const
const toWriteForbidden = { ...signedInToWrite, ...forbidden, ...withoutWriting } as const

/** Authors ask, editors decide. */
const editorsAlone = {
  owner: 'article/forbidden',
  token: 'article/forbidden',
  ...withoutWriting,
} as const

const atVersion =
  (make: (world: World) => Promise<{ id: string }>, values: object = {}) =>
  async (world: World) => ({ id: (await make(world)).id, version: 1, ...values })

const byId = (make: (world: World) => Promise<{ id: string }>) => async (world: World) => ({
  id: (await make(world)).id,
})

const time = { at: '2046-10-15T06:00:00.000Z', zone: 'Europe/Berlin' }
const toPublish = { action: 'publish', ...time }
const toUnpublish = { action: 'unpublish', ...time }
const reason = { reason: 'Too long.' }

/** The steps that an article takes, and the trash. */
export const rows: Row[] = [
  row(
    'articles.bySlug',
    { wrongToken: 'token/scope-missing', otherwise: 'ok' },
    async (world) => ({ slug: (await archived(world)).slug }),
    'archived',
  ),
  row(
    'articles.bySlug',
    { wrongToken: 'token/scope-missing', otherwise: 'article/not-found' },
    async (world) => ({ slug: (await trashed(world)).slug }),
    'in the trash',
  ),
  row(
    'comments.create',
    { ...signedInToWrite, otherwise: 'article/not-published' },
    async (world) => ({ articleId: (await archived(world)).id, body: 'So it is.' }),
    'on an archived article',
  ),
  row(
    'articles.publish',
    { ...toWriteHidden, otherwise: 'article/in-review' },
    atVersion(inReview),
    'in review',
  ),
  row(
    'articles.publish',
    { ...toWriteHidden, ...withoutWriting, otherwise: 'ok' },
    atVersion(scheduled),
    'scheduled',
  ),
  row(
    'articles.update',
    { ...toWriteHidden, ...withoutWriting, otherwise: 'ok' },
    atVersion(scheduled, { title: 'New' }),
    'scheduled',
  ),
  row(
    'articles.schedule',
    { ...toWriteHidden, ...withoutWriting, otherwise: 'ok' },
    atVersion(draft, toPublish),
    'to publish a draft',
  ),
  row(
    'articles.schedule',
    { ...toWriteForbidden, otherwise: 'ok' },
    atVersion(published, toUnpublish),
    'to unpublish a published one',
  ),
  row(
    'articles.unschedule',
    { ...toWriteHidden, ...withoutWriting, otherwise: 'ok' },
    atVersion(scheduled),
    'scheduled',
  ),
  row(
    'articles.unschedule',
    { ...toWriteHidden, otherwise: 'article/not-scheduled' },
    atVersion(draft),
    'draft',
  ),
  row(
    'articles.archive',
    { ...toWriteForbidden, otherwise: 'ok' },
    atVersion(published),
    'published',
  ),
  row(
    'articles.archive',
    { ...toWriteHidden, otherwise: 'article/not-published' },
    atVersion(draft),
    'draft',
  ),
  row(
    'articles.unarchive',
    { ...toWriteForbidden, otherwise: 'ok' },
    atVersion(archived),
    'archived',
  ),
  row(
    'articles.requestReview',
    { ...toWriteHidden, ...withoutWriting, otherwise: 'ok' },
    atVersion(draft),
    'draft',
  ),
  row(
    'articles.requestReview',
    { ...toWriteHidden, otherwise: 'article/in-review' },
    atVersion(inReview),
    'in review',
  ),
  row(
    'articles.withdrawReview',
    { ...toWriteHidden, otherwise: 'ok' },
    atVersion(inReview),
    'in review',
  ),
  row(
    'articles.approve',
    { ...toWriteHidden, ...editorsAlone, otherwise: 'ok' },
    atVersion(inReview),
    'in review',
  ),
  row(
    'articles.approve',
    { ...toWriteHidden, ...editorsAlone, otherwise: 'article/not-in-review' },
    atVersion(draft),
    'draft',
  ),
  row(
    'articles.sendBack',
    { ...toWriteHidden, ...editorsAlone, otherwise: 'ok' },
    atVersion(inReview, reason),
    'in review',
  ),
  row(
    'reviewNotes.list',
    {
      ...signedInScoped,
      ...hidden,
      suspended: 'article/forbidden',
      suspendedToken: 'article/forbidden',
      otherwise: 'ok',
    },
    async (world) => ({ articleId: (await inReview(world)).id }),
    'in review',
  ),
  row(
    'reviewNotes.create',
    { ...toWriteHidden, otherwise: 'ok' },
    async (world) => ({ articleId: (await inReview(world)).id, body: 'A note.' }),
    'in review',
  ),
  row(
    'reviewNotes.create',
    { ...toWriteHidden, otherwise: 'article/not-in-review' },
    async (world) => ({ articleId: (await draft(world)).id, body: 'A note.' }),
    'on a draft',
  ),
  row('articles.trash', { ...signedInScoped, otherwise: 'ok' }, () => ({}), 'of oneself'),
  row(
    'articles.trash',
    { ...signedInScoped, editor: 'ok', admin: 'ok', adminToken: 'ok', otherwise: 'role/required' },
    () => ({ of: 'everybody' }),
    'of everybody',
  ),
  ...['articles.restore', 'articles.purge'].flatMap((procedure) => [
    row(procedure, { ...toWriteHidden, otherwise: 'ok' }, byId(trashed), 'in the trash'),
    row(procedure, { ...signedInToWrite, otherwise: 'article/not-found' }, byId(draft), 'a draft'),
  ]),
]
