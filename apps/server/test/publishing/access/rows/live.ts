import { draft, published } from '../articles.ts'
import { demotedOwner, row, scoped, strangers, type Row } from '../../../platform/access/row.ts'

const hidden = { ...strangers('article/not-found'), anonymous: 'article/not-found' } as const

const toEdit = {
  ...scoped,
  suspended: 'user/suspended',
  suspendedToken: 'user/suspended',
} as const

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
]
