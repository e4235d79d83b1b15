import { mediaUses } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { insertMedia } from '../platform/insert-media.ts'
import { rest } from '../rest.ts'

const on = useApp()

test('over both transports the picture of a published article keeps its alternative text', async () => {
  const { db } = on.database
  const { id: authorId, asBrowser: headers } = await signUp(on, { role: 'author' })
  const { id } = await insertMedia(db, authorId)
  const article = await insertArticle(db, { authorId, title: 'Rain', coverMediaId: id })
  const subject = { subjectKind: 'article', subjectId: article.id, title: 'Rain', isPublic: true }
  await db.insert(mediaUses).values({ mediaId: id, ...subject })

  const refusal = {
    reason: 'media/alt-missing',
    code: 'CONFLICT',
    fields: [{ path: 'alt', message: 'Everybody sees it in: Rain' }],
  }
  const byTrpc = await on.post('/trpc/media.update', { id, alt: '' }, headers)
  expect(byTrpc.statusCode).toBe(409)
  expect(byTrpc.json().error.data).toMatchObject(refusal)
  const byRest = await rest(on, `PATCH /media/${id}`, { headers, payload: { alt: ' ' } })
  expect(byRest.statusCode).toBe(409)
  expect(byRest.json()).toMatchObject(refusal)
  const kept = await rest(on, `GET /media/${id}`, { headers })
  expect(kept.json()).toMatchObject({ alt: 'A picture.', decorative: false })
})
