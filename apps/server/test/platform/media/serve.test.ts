import { Readable } from 'node:stream'
import { media, mediaUses } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { insertMedia } from '../insert-media.ts'
import { signUp } from '../../people.ts'
import { bearer, tokenOf } from './bearer.ts'

const on = useApp()
const content = Buffer.from('0123456789')

type Values = Parameters<typeof insertMedia>[2]

/** A picture with its files, whose content is the same ten bytes. */
async function stored(ownerId: string, values: Values = {}) {
  const row = await insertMedia(on.database.db, ownerId, values)
  const variants = row.variants.map((variant) => ({ ...variant, bytes: content.length }))
  await on.database.db.update(media).set({ variants }).where(eq(media.id, row.id))
  for (const { name, mime } of variants) {
    const key = `media/${row.storagePrefix}/${name}`
    await on.deps.domain.storage.put(key, Readable.from([content]), { contentType: mime })
  }
  return row
}

const use = (mediaId: string, isPublic: boolean) =>
  on.database.db.insert(mediaUses).values({
    mediaId,
    subjectKind: 'article',
    subjectId: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b10',
    title: 'Rain',
    isPublic,
  })

const get = (path: string, headers: Record<string, string> = {}) =>
  on.app.inject({ url: path, headers })

describe('a picture that is used in something public', () => {
  test('is for everybody and for ever', async () => {
    const { id } = await stored((await signUp(on)).id)
    await use(id, true)
    const response = await get(`/media/${id}/320.webp`)
    expect([response.statusCode, response.body]).toEqual([200, '0123456789'])
    expect(response.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': '10',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'accept-ranges': 'bytes',
    })
    expect(response.headers['content-disposition']).toBeUndefined()
    expect(response.headers['set-cookie']).toBeUndefined()
  })

  test('is not sent again to who has it', async () => {
    const { id } = await stored((await signUp(on)).id)
    await use(id, true)
    const { headers } = await get(`/media/${id}/640.avif`)
    const again = await get(`/media/${id}/640.avif`, { 'if-none-match': String(headers.etag) })
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag])
    const other = await get(`/media/${id}/320.avif`, { 'if-none-match': String(headers.etag) })
    expect(other.statusCode).toBe(200)
  })

  test('without a name is one that every browser shows; a small one is the thumbnail', async () => {
    const { id } = await stored((await signUp(on)).id)
    await use(id, true)
    const [plain, small] = await Promise.all([get(`/media/${id}`), get(`/media/${id}/thumbnail`)])
    expect([plain.headers['content-type'], plain.headers.etag]).toEqual([
      'image/jpeg',
      expect.stringContaining('640.jpeg'),
    ])
    expect(small.headers.etag).toContain('320.webp')
  })

  test('has ranges', async () => {
    const { id } = await stored((await signUp(on)).id)
    await use(id, true)
    const part = async (range: string, more: Record<string, string> = {}) => {
      const response = await get(`/media/${id}/320.webp`, { range, ...more })
      return [response.statusCode, response.body, response.headers['content-range']]
    }
    expect(await part('bytes=2-4')).toEqual([206, '234', 'bytes 2-4/10'])
    expect(await part('bytes=8-')).toEqual([206, '89', 'bytes 8-9/10'])
    expect(await part('bytes=-3')).toEqual([206, '789', 'bytes 7-9/10'])
    expect(await part('bytes=5-99')).toEqual([206, '56789', 'bytes 5-9/10'])
    expect(await part('bytes=10-')).toEqual([416, '', 'bytes */10'])
    for (const range of ['bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=a-b']) {
      expect(await part(range), range).toEqual([200, '0123456789', undefined])
    }
    expect(await part('bytes=0-1', { 'if-range': '"other"' })).toEqual([
      200,
      '0123456789',
      undefined,
    ])
    const { headers } = await get(`/media/${id}/320.webp`)
    expect(await part('bytes=0-1', { 'if-range': String(headers.etag) })).toEqual([
      206,
      '01',
      'bytes 0-1/10',
    ])
  })

  test('is told of without its bytes', async () => {
    const { id } = await stored((await signUp(on)).id)
    await use(id, true)
    const response = await on.app.inject({ method: 'HEAD', url: `/media/${id}/320.webp` })
    expect([response.statusCode, response.body, response.headers['content-length']]).toEqual([
      200,
      '',
      '10',
    ])
  })
})

describe('a picture that is used in nothing public', () => {
  test('is for its owner and for admins, in no shared cache', async () => {
    const owner = await signUp(on)
    const { id } = await stored(owner.id)
    const path = `/media/${id}/320.webp`
    const admin = await signUp(on, { role: 'admin' })
    for (const { cookie } of [owner, admin]) {
      const response = await get(path, { cookie })
      expect(response.statusCode).toBe(200)
      expect(response.headers['cache-control']).toBe('private, max-age=31536000, immutable')
      expect(response.headers.vary).toContain('Cookie')
    }
    const editor = await signUp(on, { role: 'editor' })
    const others: Record<string, string>[] = [
      {},
      { cookie: editor.cookie },
      { cookie: (await signUp(on)).cookie },
    ]
    for (const headers of others) {
      const response = await get(path, headers)
      expect([response.statusCode, response.headers['cache-control']]).toEqual([404, 'no-store'])
    }
    await use(id, false)
    expect((await get(path, { cookie: editor.cookie })).statusCode).toBe(200)
    expect((await get(path)).statusCode).toBe(404)
  })

  test('is for a token of its owner with the scope', async () => {
    const owner = await signUp(on)
    const { id } = await stored(owner.id)
    const path = `/media/${id}`
    const statusWith = async (scope: 'media:read' | 'tags:read') =>
      (await get(path, bearer(await tokenOf(on, owner.id, [scope])))).statusCode
    expect([await statusWith('media:read'), await statusWith('tags:read')]).toEqual([200, 403])
  })
})

test.each(['uploading', 'quarantined', 'processing', 'refused'] as const)(
  'what is %s is served to nobody',
  async (state) => {
    const owner = await signUp(on, { role: 'admin' })
    const { id } = await stored(owner.id, {
      state,
      ...(state === 'refused' && { reason: 'media/infected' }),
    })
    await use(id, true)
    expect((await get(`/media/${id}/320.webp`, { cookie: owner.cookie })).statusCode).toBe(404)
  },
)

test.each([
  'a/320.webp',
  '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b99',
  '%2e%2e/x',
  '..%2f..%2fetc%2fpasswd',
])('/media/%s is not found', async (path) => {
  expect((await get(`/media/${path}`)).statusCode).toBe(404)
})

test('a variant that was not made is not found', async () => {
  const { id } = await stored((await signUp(on)).id)
  await use(id, true)
  for (const name of ['321.webp', 'upload', '320.webp%00', '..%2fupload']) {
    expect((await get(`/media/${id}/${name}`)).statusCode, name).toBe(404)
  }
})

test.each([
  ['report.pdf', `attachment; filename="report.pdf"`],
  [
    'Übersicht "neu".pdf',
    `attachment; filename="Ubersicht _neu_.pdf"; filename*=UTF-8''%C3%9Cbersicht%20%22neu%22.pdf`,
  ],
  ['日本.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf`],
  [`it's (1).pdf`, `attachment; filename="it's (1).pdf"`],
])('the document %s is saved under its name', async (fileName, expected) => {
  const { id } = await stored((await signUp(on)).id, {
    kind: 'document',
    mime: 'application/pdf',
    fileName,
    variants: [
      { name: 'original.pdf', mime: 'application/pdf', bytes: 10, width: null, height: null },
    ],
  })
  await use(id, true)
  const { headers } = await get(`/media/${id}`)
  expect(headers['content-disposition']).toBe(expected)
  expect(headers['content-type']).toBe('application/pdf')
})

test('while the storage is away it is 503, with a time to try again', async () => {
  const { id } = await stored((await signUp(on)).id)
  await use(id, true)
  const { storage } = on.deps.domain
  const { get: really } = storage
  storage.get = () =>
    Promise.reject(Object.assign(new Error('away'), { name: 'StorageUnavailable' }))
  try {
    const response = await get(`/media/${id}/320.webp`)
    expect([
      response.statusCode,
      response.headers['retry-after'],
      response.headers['cache-control'],
    ]).toEqual([503, '5', 'no-store'])
  } finally {
    storage.get = really
  }
})
