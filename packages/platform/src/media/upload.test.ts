import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { auditLog, media, mediaUsage } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { useFullDisk } from '../../test/full-disk.ts'
import { pdfOf, pngOf } from '../../test/pictures.ts'
import { upload } from '../../test/upload.ts'
import type { AuthedCtx } from '../ctx.ts'
import { getMedia } from './get.ts'
import { getMediaQuota } from './quota.ts'
import { receiveMedia } from './receive.ts'
import { deleteObjects } from './remove.ts'
import { acceptMedia, completeUpload, createUpload, renewUpload } from './upload.ts'

const domain = useTestDomain()
const { database } = domain

const objectsOf = async (ctx: AuthedCtx, id: string) => {
  const [row] = await database.db.select().from(media).where(eq(media.id, id))
  return row ? readdir(`${domain.files}/media/${row.storagePrefix}`).catch(() => []) : []
}

describe('a picture that was uploaded', () => {
  test('waits in quarantine, then is there in all sizes and kinds', async () => {
    const ctx = await domain.person()
    const fields = { alt: 'A field.', caption: 'In May' }
    const arrived = await upload(ctx, { fields, fileName: String.raw`C:\me\Mein Feld.png` })
    expect(arrived).toMatchObject({
      state: 'quarantined',
      kind: 'image',
      fileName: 'Mein Feld.png',
      picture: null,
      ...fields,
    })
    await domain.runJobs()
    const ready = await getMedia(ctx, arrived)
    expect(ready).toMatchObject({
      state: 'ready',
      reason: null,
      jobId: null,
      url: `/media/${arrived.id}`,
    })
    expect(ready.picture).toMatchObject({
      width: 350,
      height: 200,
      widths: [320, 350],
      formats: ['avif', 'webp', 'png'],
      alt: 'A field.',
    })
    expect(ready.picture?.thumbhash).toMatch(/^[\w+/]{20,}=*$/)
    expect(new Set(await objectsOf(ctx, arrived.id))).toEqual(
      new Set(
        [320, 350].flatMap((width) => ['avif', 'png', 'webp'].map((kind) => `${width}.${kind}`)),
      ),
    )
  })

  test('is audited, and counts as many bytes as it has', async () => {
    const ctx = await domain.person()
    const content = pngOf(10, 10)
    const { id } = await upload(ctx, { content })
    expect((await getMediaQuota(ctx)).usedBytes).toBe(content.length)
    const [entry] = await database.db.select().from(auditLog).where(eq(auditLog.targetId, id))
    expect(entry).toMatchObject({ action: 'media.uploaded', actorId: ctx.actor.user.id })
  })

  test('has progress for its owner to follow', async () => {
    const ctx = await domain.person()
    const { jobId } = await upload(ctx)
    await domain.runJobs()
    const [run] =
      await database.sql`select status, done, total, result from job_runs where id = ${jobId}`
    expect(run).toEqual({ status: 'succeeded', done: 100, total: 100, result: { state: 'ready' } })
  })
})

test('a document stays as it is', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx, { content: pdfOf(), fileName: 'a.pdf', mime: 'application/pdf' })
  await domain.runJobs()
  expect(await getMedia(ctx, { id })).toMatchObject({
    state: 'ready',
    kind: 'document',
    picture: null,
  })
  expect(await objectsOf(ctx, id)).toEqual(['original.pdf'])
})

describe('what is refused', () => {
  const html = Buffer.from('<html><script>alert(1)</script></html>')
  test.each([
    [
      'another type than it says',
      { content: pngOf(4, 4), mime: 'image/jpeg' },
      'media/type-mismatch',
    ],
    ['a type that is not taken', { content: html, mime: 'text/html' }, 'media/unsupported-type'],
    [
      'a page that calls itself a picture',
      { content: html, mime: 'image/png' },
      'media/unsupported-type',
    ],
    ['an SVG', { content: Buffer.from('<svg/>'), mime: 'image/svg+xml' }, 'media/svg-refused'],
    ['a file that is too large', { content: Buffer.alloc(1024 * 1024 + 1) }, 'media/too-large'],
    ['half a picture', { content: pngOf(300, 300).subarray(0, 60) }, 'media/unreadable'],
    [
      'a document with a script',
      { content: pdfOf('/OpenAction<</S/JavaScript/JS(app.alert(1))>>'), mime: 'application/pdf' },
      'media/active-content',
    ],
  ])('%s leaves nothing', async (_name, sent, reason) => {
    const ctx = await domain.person()
    await expect(upload(ctx, sent)).rejects.toMatchObject({ reason })
    await domain.runJobs()
    expect(await database.db.$count(media, eq(media.ownerId, ctx.actor.user.id))).toBe(0)
    expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
  })

  test('a file for which this machine has no room may come again', async ({ skip }) => {
    const ctx = await domain.person()
    {
      using disk = useFullDisk()
      if (!disk) return skip('this machine mounts no small disk')
      await expect(upload(ctx)).rejects.toMatchObject({
        reason: 'storage/unavailable',
        retryAfterSeconds: 5,
      })
    }
    expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
    expect(await upload(ctx)).toMatchObject({ state: 'quarantined' })
  })

  test('who is suspended uploads nothing', async () => {
    const ctx = await domain.person({ status: 'suspended' })
    await expect(upload(ctx)).rejects.toMatchObject({ reason: 'user/suspended' })
  })
})

test('20 uploads at once do not pass the quota together', async () => {
  const ctx = await domain.person()
  const content = pngOf(20, 20)
  const quotaBytes = 5 * (content.length + 500)
  const limited = { ...ctx, mediaLimits: { ...ctx.mediaLimits, quotaBytes } }
  const sent = await Promise.allSettled(
    Array.from({ length: 20 }, () => upload(limited, { content })),
  )
  const refused = sent.filter(({ status }) => status === 'rejected')
  expect(refused.map((one) => one.status === 'rejected' && one.reason.reason)).toEqual(
    refused.map(() => 'media/quota-exceeded'),
  )
  // Those that came later found room that an earlier one had reserved and not needed.
  const most = Math.floor(quotaBytes / content.length)
  expect(sent.length - refused.length).toBeGreaterThanOrEqual(5)
  expect(sent.length - refused.length).toBeLessThanOrEqual(most)
  expect((await getMediaQuota(limited)).usedBytes).toBe((20 - refused.length) * content.length)
  expect((await getMediaQuota(limited)).usedBytes).toBeLessThanOrEqual(quotaBytes)
})

test('an upload that breaks off in the middle leaves nothing', async () => {
  const ctx = await domain.person()
  const broken = new Readable({ read() {} })
  broken.push(pngOf(300, 300).subarray(0, 50))
  const stop = new AbortController()
  const received = receiveMedia(
    { ...ctx, signal: stop.signal },
    { fileName: 'a.png', mime: 'image/png', length: 5000, body: broken },
  )
  stop.abort()
  await expect(received).rejects.toThrow('abort')
  await domain.runJobs()
  expect(await database.db.$count(media, eq(media.ownerId, ctx.actor.user.id))).toBe(0)
  expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
})

test('one of unknown length fits where there is room for what it has, and no more', async () => {
  const content = pngOf(20, 20)
  const ctx = await domain.person()
  const limited = { ...ctx, mediaLimits: { ...ctx.mediaLimits, quotaBytes: content.length + 10 } }
  const file = { fileName: 'a.png', mime: 'image/png', length: undefined }
  const received = await receiveMedia(limited, { ...file, body: Readable.from([content]) })
  await acceptMedia(limited, received, {})
  expect((await getMediaQuota(limited)).usedBytes).toBe(content.length)
  const again = receiveMedia(limited, { ...file, body: Readable.from([content]) })
  await expect(again).rejects.toMatchObject({ reason: 'media/quota-exceeded' })
  expect((await getMediaQuota(limited)).usedBytes).toBe(content.length)
})

test('one fits where there is room for it, whatever its form has beside it', async () => {
  const content = pngOf(20, 20)
  const ctx = await domain.person()
  const limited = { ...ctx, mediaLimits: { ...ctx.mediaLimits, quotaBytes: content.length } }
  expect(await upload(limited, { content })).toMatchObject({ bytes: content.length })
  expect((await getMediaQuota(limited)).usedBytes).toBe(content.length)
  const again = upload(limited, { content })
  await expect(again).rejects.toMatchObject({ reason: 'media/quota-exceeded' })
})

test('one that cannot fit is not read', async () => {
  const ctx = await domain.person()
  const limited = { ...ctx, mediaLimits: { ...ctx.mediaLimits, quotaBytes: 1000 } }
  const body = new Readable({ read: () => expect.unreachable() })
  const file = { fileName: 'a.png', mime: 'image/png', length: 100_000, body }
  await expect(receiveMedia(limited, file)).rejects.toMatchObject({
    reason: 'media/quota-exceeded',
  })
})

test('one that nobody accepts is disposed of', async () => {
  const ctx = await domain.person()
  const content = pngOf(8, 8)
  {
    await using received = await receiveMedia(ctx, {
      fileName: 'a.png',
      mime: 'image/png',
      length: undefined,
      body: Readable.from([content]),
    })
    expect(received).toMatchObject({
      bytes: content.length,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect((await getMediaQuota(ctx)).usedBytes).toBe(ctx.mediaLimits.maxFileBytes)
  }
  expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
})

describe('a direct upload', () => {
  const direct = (ctx: AuthedCtx) => ({
    ...ctx,
    storage: {
      ...ctx.storage,
      presignPut: async (key: string) => {
        return { url: `https://s3.test/${key}`, method: 'PUT' as const, headers: {} }
      },
    },
  })
  const announced = { fileName: 'a.png', mime: 'image/png' } as const

  test('is announced, sent and completed', async () => {
    const content = pngOf(330, 20)
    const ctx = direct(await domain.person())
    const { media: made, upload: request } = await createUpload(ctx, {
      ...announced,
      bytes: content.length,
      alt: 'A line',
    })
    expect(made).toMatchObject({ state: 'uploading', alt: 'A line', bytes: content.length })
    const key = new URL(request.url).pathname.slice(1)
    await domain.storage.put(key, Readable.from([content]), { contentType: 'image/png' })
    const completed = await completeUpload(ctx, made)
    expect(completed).toMatchObject({ state: 'quarantined', alt: 'A line' })
    expect(await completeUpload(ctx, made)).toEqual(completed)
    await domain.runJobs()
    expect(await getMedia(ctx, made)).toMatchObject({ state: 'ready' })
  })

  test('is completed once by several calls at once, which all say so', async () => {
    const ctx = direct(await domain.person())
    const { media: made } = await createUpload(ctx, { ...announced, bytes: 100 })
    const calls = Array.from({ length: 8 }, () => completeUpload(ctx, made))
    const [first, ...others] = await Promise.all(calls)
    expect(first).toMatchObject({ state: 'quarantined' })
    for (const other of others) expect(other).toEqual(first)
  })

  test('has another address until it has arrived, and while there is time', async () => {
    const ctx = direct(await domain.person())
    const { media: made, upload: first } = await createUpload(ctx, { ...announced, bytes: 100 })
    const later = (minutes: number) => ({
      ...ctx,
      now: () => new Date(Date.parse(made.createdAt) + minutes * 60_000),
    })
    const expiresAt = new Date(Date.parse(made.createdAt) + 44 * 60_000).toISOString()
    expect(await renewUpload(later(29), made)).toEqual({ ...first, expiresAt })
    const over = { reason: 'media/upload-over' }
    await expect(renewUpload(later(30), made)).rejects.toMatchObject(over)
    await expect(renewUpload(direct(await domain.person()), made)).rejects.toMatchObject({
      reason: 'media/not-found',
    })
    await completeUpload(ctx, made)
    await expect(renewUpload(ctx, made)).rejects.toMatchObject(over)
  })

  test('that never arrived, or is of another size, is refused', async () => {
    const ctx = direct(await domain.person())
    const missing = await createUpload(ctx, { ...announced, bytes: 100 })
    const other = await createUpload(ctx, { ...announced, bytes: 100 })
    const key = new URL(other.upload.url).pathname.slice(1)
    await domain.storage.put(key, Readable.from([pngOf(5, 5)]), { contentType: 'image/png' })
    for (const one of [missing, other]) await completeUpload(ctx, one.media)
    await domain.runJobs()
    for (const one of [missing, other]) {
      expect(await getMedia(ctx, one.media)).toMatchObject({
        state: 'refused',
        reason: 'media/upload-missing',
      })
    }
    expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
  })

  test('is not for a storage that cannot, nor for what is too large', async () => {
    const ctx = await domain.person()
    const sent = { ...announced, bytes: 100 }
    await expect(createUpload(ctx, sent)).rejects.toMatchObject({
      reason: 'media/direct-upload-unsupported',
    })
    await expect(createUpload(direct(ctx), { ...sent, bytes: 2e6 })).rejects.toMatchObject({
      reason: 'media/too-large',
    })
  })

  test('is completed by its owner alone', async () => {
    const ctx = direct(await domain.person())
    const { media: made } = await createUpload(ctx, { ...announced, bytes: 100 })
    const other = await domain.person()
    await expect(completeUpload(other, made)).rejects.toMatchObject({ reason: 'media/not-found' })
  })
})

test('what is used is the sum of what is there', async () => {
  const [row] = await database.db.execute<{ wrong: number }>(sql`
    select count(*)::int as wrong from ${mediaUsage} left join (
      select owner_id, sum(bytes) as bytes from ${media} where state <> 'refused' group by owner_id
    ) as held using (owner_id) where ${mediaUsage.bytes} <> coalesce(held.bytes, 0)`)
  expect(row).toEqual({ wrong: 0 })
})

test('objects are removed once and again', async () => {
  const ctx = domain.anonymous()
  await domain.storage.put('a/b', Readable.from(['x']), { contentType: 'text/plain' })
  await deleteObjects(ctx, { keys: ['a/b', 'a/c'] })
  await deleteObjects(ctx, { keys: ['a/b'] })
  await expect(domain.storage.head('a/b')).rejects.toThrow('no object')
})
