import { draft, published } from '../articles.ts'
import {
  demotedOwner,
  row,
  scoped,
  signedInPersonToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'

const hidden = { ...strangers('article/not-found'), anonymous: 'article/not-found' } as const

const toEdit = {
  ...scoped,
  suspended: 'user/suspended',
  suspendedToken: 'user/suspended',
} as const

const pageId = '6f1f0d0e-7f0b-4c8b-9d3e-0a1b2c3d4e5f'

/** What people may hear of while it happens. */
export const rows: Row[] = [
  row(
    'live.watch',
    { ...scoped, otherwise: 'ok' },
    async (world) => ({ topics: [{ article: (await published(world)).id }] }),
    'a published article',
  ),
  row(
    'live.watch',
    { ...scoped, ...hidden, otherwise: 'ok' },
    async (world) => ({ topics: [{ article: (await draft(world)).id }] }),
    'a draft',
  ),
  row(
    'live.watch',
    {
      ...toEdit,
      ...strangers('article/forbidden'),
      ...demotedOwner('article/forbidden'),
      anonymous: 'session/required',
      otherwise: 'ok',
    },
    async (world) => ({ topics: [{ editing: (await published(world)).id }] }),
    'the editing of a published article',
  ),
  row(
    'live.watch',
    { ...toEdit, ...hidden, otherwise: 'ok' },
    async (world) => ({ topics: [{ editing: (await draft(world)).id }] }),
    'the editing of a draft',
  ),
  row(
    'live.watch',
    { ...toEdit, ...hidden, otherwise: 'ok' },
    async (world) => ({ topics: [{ presence: (await draft(world)).id }] }),
    'who is at a draft',
  ),
  row(
    'presence.list',
    { ...strangers('article/not-found'), ...signedInPersonToWrite, otherwise: 'ok' },
    async (world) => ({ articleId: (await draft(world)).id }),
    'at a draft',
  ),
  row(
    'presence.announce',
    { ...strangers('article/not-found'), ...signedInPersonToWrite, otherwise: 'ok' },
    async (world) => ({ articleId: (await draft(world)).id, pageId, place: null }),
    'at a draft',
  ),
  row(
    'presence.announce',
    {
      ...strangers('article/forbidden'),
      ...demotedOwner('article/forbidden'),
      ...signedInPersonToWrite,
      otherwise: 'ok',
    },
    async (world) => ({ articleId: (await published(world)).id, pageId, place: null }),
    'at a published article',
  ),
  row('presence.leave', { ...signedInPersonToWrite, otherwise: 'ok' }, async (world) => ({
    articleId: (await draft(world)).id,
    pageId,
  })),
]
