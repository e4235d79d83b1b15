import { admins, row, signedInScoped, signedInToWrite, type Row } from '../row.ts'
import { insertMedia } from '../../insert-media.ts'
import type { World } from '../world.ts'

const picture = async ({ db, owner }: World) => {
  const { id } = await insertMedia(db, owner.id)
  return { id }
}

const upload = async ({ db, owner }: World) => {
  const { id } = await insertMedia(db, owner.id, { state: 'uploading', variants: [] })
  return { id }
}

/** Files are their owner's, and admins see to them. */
const notOthers = {
  reader: 'media/not-found',
  other: 'media/not-found',
  editor: 'media/not-found',
  readerToken: 'media/not-found',
} as const

const owned = { ...signedInScoped, ...notOthers, otherwise: 'ok' } as const
const ownedToWrite = { ...signedInToWrite, ...notOthers, otherwise: 'ok' } as const

export const rows: Row[] = [
  row('media.list', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row('media.quota', { ...signedInScoped, otherwise: 'ok' }),
  row('media.get', owned, picture),
  row('media.uses', owned, picture),
  row('media.update', ownedToWrite, async (world) => ({ ...(await picture(world)), alt: 'Sky.' })),
  row('media.delete', ownedToWrite, picture),
  row('media.createUpload', { ...signedInToWrite, otherwise: 'ok' }, () => ({
    fileName: 'a.png',
    mime: 'image/png',
    bytes: 1000,
  })),
  row(
    'media.completeUpload',
    { ...ownedToWrite, admin: 'media/not-found', adminToken: 'media/not-found' },
    upload,
  ),
  row('media.listHeld', { ...admins, otherwise: 'ok' }, () => ({})),
]
