import { systemCtx } from '@galley/platform/ctx'
import { markUsers } from '@galley/publishing/articles/refresh-pictures'
import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { insertMedia } from '../platform/insert-media.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' })
const { get, write, keptBy } = useReaders(on)

test('what was kept between an event and the job that it causes is dropped once that is done', async () => {
  await keptBy(on)
  const [author] = await on.database.sql`select id from users`
  const { id: mediaId } = await insertMedia(on.database.db, author?.id)
  const draft = await write('articles.create', { title: 'Rain', body: `![](/media/${mediaId})` })
  const { slug } = await write('articles.publish', { id: draft.id, version: draft.version })
  const read = async () => {
    const { body } = await get(trpcUrl('articles.bySlug', { slug }))
    return /alt=\\"([^"\\]*)/.exec(body)?.[1]
  }
  expect(await read()).toBe('A picture.')
  await write('media.update', { id: mediaId, alt: 'Another one.' })
  expect(await read()).toBe('A picture.')
  await markUsers(systemCtx(on.deps.domain), { mediaId })
  expect(await read()).toBe('Another one.')
})
