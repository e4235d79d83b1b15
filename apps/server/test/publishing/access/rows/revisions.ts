import { insertRevision } from '@galley/testing/publishing/factories'
import {
  demotedOwner,
  row,
  signedInScoped,
  signedInToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'
import type { World } from '../../../platform/access/world.ts'
import { draft, published } from '../articles.ts'

const ofPublished = {
  ...strangers('article/forbidden'),
  ...demotedOwner('article/forbidden'),
}
const suspendedToRead = {
  suspended: 'article/forbidden',
  suspendedToken: 'article/forbidden',
} as const

async function revision(world: World, article: typeof draft) {
  const { id: articleId, authorId } = await article(world)
  return insertRevision(world.db, { articleId, authorId, body: 'An earlier text.' })
}

const toRead = (name: 'revisions.get' | 'revisions.compare'): Row[] => [
  row(
    name,
    { ...signedInScoped, ...ofPublished, ...suspendedToRead, otherwise: 'ok' },
    async (world) => ({ id: (await revision(world, published)).id }),
    'published',
  ),
  row(
    name,
    { ...signedInScoped, ...strangers('revision/not-found'), ...suspendedToRead, otherwise: 'ok' },
    async (world) => ({ id: (await revision(world, draft)).id }),
    'draft',
  ),
]

export const rows: Row[] = [
  row(
    'revisions.list',
    { ...signedInScoped, ...ofPublished, ...suspendedToRead, otherwise: 'ok' },
    async (world) => ({ articleId: (await published(world)).id }),
    'published',
  ),
  row(
    'revisions.list',
    { ...signedInScoped, ...strangers('article/not-found'), ...suspendedToRead, otherwise: 'ok' },
    async (world) => ({ articleId: (await draft(world)).id }),
    'draft',
  ),
  ...toRead('revisions.get'),
  ...toRead('revisions.compare'),
  row(
    'revisions.restore',
    { ...signedInToWrite, ...ofPublished, otherwise: 'ok' },
    async (world) => ({ id: (await revision(world, published)).id, version: 1 }),
    'published',
  ),
  row(
    'revisions.restore',
    { ...signedInToWrite, ...strangers('revision/not-found'), otherwise: 'ok' },
    async (world) => ({ id: (await revision(world, draft)).id, version: 1 }),
    'draft',
  ),
]
