import type { Cases } from '../case.ts'
import { insertMedia } from '../../insert-media.ts'

export const cases: Cases = {
  'media.createUpload': async () => ({
    input: { fileName: 'a.png', mime: 'image/png', bytes: 1000 },
  }),
  'media.completeUpload': async ({ db, caller }) => {
    const { id } = await insertMedia(db, caller.id, { state: 'uploading', variants: [] })
    return { input: { id } }
  },
  'media.update': async ({ db, caller }) => {
    const { id } = await insertMedia(db, caller.id)
    return { input: { id, alt: 'Sky.' } }
  },
  'media.delete': async ({ db, caller }) => {
    const { id } = await insertMedia(db, caller.id)
    return { input: { id } }
  },
}
