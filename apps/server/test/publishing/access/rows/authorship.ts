import { insertPreviewLink } from '@galley/testing/publishing/factories'
import type { World } from '../../../platform/access/world.ts'
import {
  demotedOwner,
  noTokens,
  row,
  signedInPersonToWrite,
  signedInScoped,
  signedInToWrite,
  strangers,
  type Row,
} from '../../../platform/access/row.ts'
import { coWritten, draft, previewLink, published, withCoAuthor } from '../articles.ts'

const hidden = strangers('article/not-found')
const forbidden = strangers('article/forbidden')
const withoutWriting = demotedOwner('article/forbidden')
const readers = { reader: 'article/forbidden', readerToken: 'article/forbidden' } as const
const editorsOnly = { editor: 'ok', admin: 'ok', adminToken: 'ok' } as const

/** What the authors of an article see: as its Markdown, for those who may edit it. */
const toRead = {
  ...signedInScoped,
  suspended: 'article/forbidden',
  suspendedToken: 'article/forbidden',
} as const

const ofDraft = async (world: World) => ({ articleId: (await draft(world)).id })
const ofPublished = async (world: World) => ({ articleId: (await published(world)).id })
const ofCoWritten = async (world: World) => ({ articleId: (await coWritten(world)).id })

const writer = async (world: World) => (await world.person({ role: 'author' })).username

const ordered = async (world: World, article: { id: string }, first: { username: string }) => ({
  articleId: article.id,
  usernames: [(await withCoAuthor(world, article)).username, first.username],
})

const removed = async (world: World, article: { id: string }) => ({
  articleId: article.id,
  username: (await withCoAuthor(world, article)).username,
})

export const rows: Row[] = [
  row('coAuthors.list', { ...toRead, ...hidden, otherwise: 'ok' }, ofDraft, 'draft'),
  row(
    'coAuthors.list',
    { ...toRead, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    ofPublished,
    'published',
  ),
  row(
    'coAuthors.list',
    { ...toRead, otherwise: 'ok' },
    ofCoWritten,
    'draft that the caller writes along',
  ),
  row(
    'coAuthors.invite',
    { ...signedInToWrite, ...hidden, otherwise: 'ok' },
    async (world) => ({ ...(await ofDraft(world)), username: await writer(world) }),
    'draft',
  ),
  row(
    'coAuthors.invite',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ ...(await ofPublished(world)), username: await writer(world) }),
    'published',
  ),
  row(
    'coAuthors.invite',
    { ...signedInToWrite, ...editorsOnly, otherwise: 'article/forbidden' },
    async (world) => ({ ...(await ofCoWritten(world)), username: await writer(world) }),
    'draft that the caller writes along',
  ),
  row(
    'coAuthors.order',
    { ...signedInToWrite, ...hidden, otherwise: 'ok' },
    async (world) => ordered(world, await draft(world), world.owner),
    'draft',
  ),
  row(
    'coAuthors.order',
    { ...signedInToWrite, ...editorsOnly, otherwise: 'article/forbidden' },
    async (world) => ({
      ...(await ofCoWritten(world)),
      usernames: [world.caller.username, world.stranger.username],
    }),
    'draft that the caller writes along',
  ),
  row(
    'coAuthors.remove',
    { ...signedInToWrite, ...hidden, otherwise: 'ok' },
    async (world) => removed(world, await draft(world)),
    'draft',
  ),
  row(
    'coAuthors.remove',
    { ...signedInToWrite, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    async (world) => removed(world, await published(world)),
    'published',
  ),
  row(
    'coAuthors.remove',
    { ...signedInToWrite, ...editorsOnly, otherwise: 'article/forbidden' },
    async (world) => removed(world, await coWritten(world)),
    'another author of a draft that the caller writes along',
  ),
  row(
    'coAuthors.remove',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => ({ ...(await ofCoWritten(world)), username: world.caller.username }),
    'themselves',
  ),
  row(
    'coAuthors.remove',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => ({
      articleId: (await coWritten(world, { accepted: false })).id,
      username: world.caller.username,
    }),
    'themselves, who are invited',
  ),
  row('coAuthors.invitations', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row(
    'coAuthors.accept',
    { ...signedInToWrite, ...readers, ...withoutWriting, otherwise: 'ok' },
    async (world) => ({ articleId: (await coWritten(world, { accepted: false })).id }),
    'an invitation of the caller',
  ),
  row(
    'coAuthors.accept',
    { ...signedInToWrite, otherwise: 'co-author/not-invited' },
    async (world) => ({
      articleId: (await coWritten({ ...world, caller: await world.person() }, { accepted: false }))
        .id,
    }),
    'an invitation of somebody else',
  ),
  row('previewLinks.list', { ...toRead, ...hidden, otherwise: 'ok' }, ofDraft, 'draft'),
  row(
    'previewLinks.list',
    { ...toRead, ...forbidden, ...withoutWriting, otherwise: 'ok' },
    ofPublished,
    'published',
  ),
  row(
    'previewLinks.create',
    { ...hidden, ...signedInPersonToWrite, otherwise: 'ok' },
    ofDraft,
    'draft',
  ),
  row(
    'previewLinks.create',
    {
      ...forbidden,
      ...withoutWriting,
      ...signedInPersonToWrite,
      otherwise: 'article/already-published',
    },
    ofPublished,
    'published',
  ),
  row(
    'previewLinks.create',
    { ...signedInPersonToWrite, otherwise: 'ok' },
    ofCoWritten,
    'draft that the caller writes along',
  ),
  row(
    'previewLinks.delete',
    { ...signedInToWrite, ...strangers('preview-link/not-found'), otherwise: 'ok' },
    async (world) => ({ id: (await previewLink(world, await draft(world))).id }),
    'draft',
  ),
  row(
    'previewLinks.delete',
    { ...signedInToWrite, otherwise: 'ok' },
    async (world) => ({ id: (await previewLink(world, await coWritten(world))).id }),
    'draft that the caller writes along',
  ),
  row(
    'previewLinks.read',
    // Whose own link it is.
    { ...noTokens, suspended: 'preview-link/not-found', otherwise: 'ok' },
    async (world) => ({ token: (await previewLink(world, await draft(world))).token }),
  ),
  row(
    'previewLinks.read',
    { ...noTokens, otherwise: 'preview-link/not-found' },
    async (world) => {
      const article = await draft(world)
      const { token } = await insertPreviewLink(world.db, {
        articleId: article.id,
        createdBy: world.owner.id,
        expiresAt: new Date(Date.now() - 1000),
      })
      return { token }
    },
    'expired',
  ),
]
