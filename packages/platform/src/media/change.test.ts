import { randomUUID } from 'node:crypto'
import { auditLog, media, mediaUses, outbox } from '@galley/db/schema'
import { and, desc, eq } from 'drizzle-orm'
import { createS3Storage } from '@galley/storage/s3'
import { startS3Server } from '@galley/testing/s3-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { pngOf } from '../../test/pictures.ts'
import { upload } from '../../test/upload.ts'
import { transact, type Ctx } from '../ctx.ts'
import { deleteMedia, updateMedia } from './change.ts'
import { getMedia, listMediaUses } from './get.ts'
import { getMediaQuota } from './quota.ts'
import { deleteOrphans, deleteUnused } from './sweep.ts'
import { completeUpload, createUpload } from './upload.ts'
import { setMediaUses } from './uses.ts'

const domain = useTestDomain()
const { database } = domain

const subject = {
  kind: 'article',
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b10',
  title: 'Rain',
  isPublic: true,
}

const use = (
  ctx: Ctx,
  mediaIds: string[],
  ownerIds: string[],
  changed: Partial<typeof subject> = {},
) =>
  transact(ctx, (tx) => setMediaUses(ctx, tx, { ...subject, ...changed }, { mediaIds, ownerIds }))

const lastEvents = async () =>
  (await database.db.select().from(outbox).orderBy(desc(outbox.id)).limit(3)).map(
    ({ event }) => event,
  )

describe('what is said of a file', () => {
  test('is changed by its owner, field by field', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx, { fields: { alt: 'a', caption: 'b' } })
    expect(await updateMedia(ctx, { id, alt: 'c' })).toMatchObject({ alt: 'c', caption: 'b' })
    expect(await lastEvents()).toContain('media.updated')
  })

  test('is on the record with what was said before, whoever changed it', async () => {
    const owner = await domain.person()
    const { id } = await upload(owner, { fields: { alt: 'a', caption: 'b' } })
    const admin = await domain.person({ role: 'admin' })
    await updateMedia(admin, { id, alt: 'c' })
    await updateMedia(admin, { id, alt: 'c' })
    const entries = await database.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.targetId, id), eq(auditLog.action, 'media.updated')))
    expect(entries).toMatchObject([
      {
        actorId: admin.actor.user.id,
        before: { ownerId: owner.actor.user.id, fileName: 'picture.png', alt: 'a', caption: 'b' },
        after: { alt: 'c', decorative: false, caption: 'b' },
      },
    ])
  })

  test('is for its owner and admins alone', async () => {
    const { id } = await upload(await domain.person())
    for (const role of ['author', 'editor'] as const) {
      const other = await domain.person({ role })
      const refused = { reason: 'media/not-found' }
      await expect(updateMedia(other, { id, alt: 'x' })).rejects.toMatchObject(refused)
      await expect(deleteMedia(other, { id, force: true })).rejects.toMatchObject(refused)
      await expect(getMedia(other, { id })).rejects.toMatchObject(refused)
      await expect(listMediaUses(other, { id, limit: 20 })).rejects.toMatchObject(refused)
    }
    const admin = await domain.person({ role: 'admin' })
    expect(await updateMedia(admin, { id, decorative: true })).toMatchObject({ decorative: true })
  })
})

describe('a deleted file', () => {
  test('is gone with its room and its objects', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    await domain.runJobs()
    const [row] = await database.db.select().from(media).where(eq(media.id, id))
    const key = `media/${row?.storagePrefix}/320.webp`
    expect(await domain.storage.head(key)).toMatchObject({ size: expect.any(Number) })
    expect(await deleteMedia(ctx, { id, force: false })).toEqual({ id })
    await domain.runJobs()
    await expect(domain.storage.head(key)).rejects.toThrow('no object')
    expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
    await expect(deleteMedia(ctx, { id, force: false })).rejects.toMatchObject({
      reason: 'media/not-found',
    })
    const [entry] = await database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, 'media.deleted'))
    expect(entry).toMatchObject({ targetId: id, before: { fileName: 'picture.png', uses: 0 } })
  })

  test('in use is refused with the uses, and deleted by force', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    await use(ctx, [id], [ctx.actor.user.id])
    await expect(deleteMedia(ctx, { id, force: false })).rejects.toMatchObject({
      reason: 'media/in-use',
      fields: [{ path: 'id', message: 'Used in: Rain' }],
    })
    await deleteMedia(ctx, { id, force: true })
    const [event] = await database.db.select().from(outbox).orderBy(desc(outbox.id)).limit(1)
    expect(event).toMatchObject({
      event: 'media.deleted',
      payload: { mediaId: id, subjects: [{ kind: 'article', id: subject.id }] },
    })
  })

  test('in use in many places is refused with the first ten', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    for (let n = 0; n < 12; n += 1)
      await use(ctx, [id], [ctx.actor.user.id], { id: randomUUID(), title: `Place ${n}` })
    const refused = await deleteMedia(ctx, { id, force: false }).catch((error: unknown) => error)
    const messages = Array.from({ length: 10 }, (_, n) => ({
      path: 'id',
      message: `Used in: Place ${n}`,
    }))
    expect(refused).toMatchObject({ reason: 'media/in-use', fields: messages })
  })

  test('that is being made is removed once more, when that is over', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    const [row] = await database.db.select().from(media).where(eq(media.id, id))
    await deleteMedia(ctx, { id, force: false })
    const jobs = await database.sql`
      select start_after > now() + interval '10 minutes' as later from pgboss.job
      where name = 'media.remove-objects' and data::text like ${`%${row?.storagePrefix}%`} order by start_after`
    expect(jobs).toMatchObject([{ later: false }, { later: true }])
    await domain.runJobs()
  })
})

describe('an address for an upload that is used again', () => {
  const removeLater = () =>
    database.sql`update pgboss.job set start_after = now() where name = 'media.remove-objects'`

  test.each(['ready', 'refused', 'deleted'])('leaves nothing of a file that is %s', async (end) => {
    const server = await startS3Server()
    onTestFinished(server.close)
    const storage = createS3Storage(server.options)
    onTestFinished(() => storage.close())
    const ctx = { ...(await domain.person()), storage }
    const content = pngOf(30, 20)
    const { media: made, upload: request } = await createUpload(ctx, {
      fileName: 'a.png',
      mime: 'image/png',
      bytes: content.length,
    })
    const { url, method, headers } = request
    const send = async () => (await fetch(url, { method, headers, body: content })).status
    if (end !== 'refused') await send()
    await completeUpload(ctx, made)
    await domain.runJobs({ storage })
    if (end === 'deleted') await deleteMedia(ctx, { id: made.id, force: false })
    const [row] = await database.db.select().from(media).where(eq(media.id, made.id))
    expect(row?.state ?? 'deleted').toBe(end)
    await domain.runJobs({ storage })
    expect(await send()).toBe(200)
    const uploads = async () => (await server.listAll()).filter((name) => name.includes('upload'))
    await domain.runJobs({ storage })
    expect(await uploads()).toHaveLength(1)
    await removeLater()
    await domain.runJobs({ storage })
    expect(await uploads()).toEqual([])
  })
})

describe('uses', () => {
  test('are those of the last write', async () => {
    const ctx = await domain.person()
    const owners = [ctx.actor.user.id]
    const [a, b] = [await upload(ctx), await upload(ctx)]
    await use(ctx, [a.id, b.id], owners)
    await use(ctx, [b.id], owners, { title: 'Rain again', isPublic: false })
    expect((await listMediaUses(ctx, { ...a, limit: 20 })).items).toEqual([])
    // What is not public is for those alone who are shown it there, and for editors.
    expect((await listMediaUses(ctx, { ...b, limit: 20 })).items).toEqual([])
    const admin = await domain.person({ role: 'admin' })
    const { items } = await listMediaUses(admin, { ...b, limit: 20 })
    expect(items).toEqual([
      { subject: { kind: 'article', id: subject.id, title: 'Rain again' }, isPublic: false },
    ])
    expect(await getMedia(ctx, b)).toMatchObject({ useCount: 1 })
    await use(ctx, [], owners)
  })

  test('of files of others there are none, unless everybody sees them already', async () => {
    const owner = await domain.person()
    const { id } = await upload(owner)
    const ctx = await domain.person()
    const own = [ctx.actor.user.id]
    const other = { id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b11', isPublic: false }
    expect(await use(ctx, [id], own)).toEqual([])
    await use(owner, [id], [owner.actor.user.id], other)
    expect(await use(ctx, [id], own)).toEqual([])
    await use(owner, [id], [owner.actor.user.id], { ...other, isPublic: true })
    expect(await use(ctx, [id], own)).toMatchObject([{ id }])
    await use(ctx, [], own)
    await use(owner, [], [], other)
  })
})

describe('the sweep', () => {
  const age = (id: string, days: number) =>
    database.sql`update media set updated_at = updated_at - make_interval(days => ${days}) where id = ${id}`
  const isThere = async (id: string) => (await database.db.$count(media, eq(media.id, id))) === 1

  test('removes what nothing has used for 30 days', async () => {
    const ctx = await domain.person()
    const [old, young, used] = [await upload(ctx), await upload(ctx), await upload(ctx)]
    await domain.runJobs()
    await use(ctx, [used.id], [ctx.actor.user.id])
    await Promise.all([age(old.id, 31), age(young.id, 29), age(used.id, 400)])
    await deleteUnused(ctx)
    expect([await isThere(old.id), await isThere(young.id), await isThere(used.id)]).toEqual([
      false,
      true,
      true,
    ])
    await use(ctx, [], [])
    await deleteUnused(ctx)
    expect(await isThere(used.id)).toBe(true)
  })

  test('comes when it was said that it would', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    expect(await getMedia(ctx, { id })).toMatchObject({ removedAt: null })
    await domain.runJobs()
    await database.sql`update media set updated_at = '2026-03-01T12:00:00Z' where id = ${id}`
    expect(await getMedia(ctx, { id })).toMatchObject({ removedAt: '2026-04-01T03:40:00.000Z' })
    const sweepAt = (time: string) => deleteUnused({ ...ctx, now: () => new Date(time) })
    await sweepAt('2026-03-31T03:40:00Z')
    expect(await isThere(id)).toBe(true)
    await use(ctx, [id], [ctx.actor.user.id])
    expect(await getMedia(ctx, { id })).toMatchObject({ removedAt: null })
    await use(ctx, [], [])
    await database.sql`update media set updated_at = '2026-03-01T12:00:00Z' where id = ${id}`
    await sweepAt('2026-04-01T03:40:00Z')
    expect(await isThere(id)).toBe(false)
  })

  test('removes what was refused 30 days ago', async () => {
    const ctx = await domain.person()
    const [old, young] = [await upload(ctx), await upload(ctx)]
    await database.sql`update media set state = 'refused', reason = 'media/infected' where id = any(${[old.id, young.id]})`
    await Promise.all([age(old.id, 31), age(young.id, 29)])
    await deleteUnused(ctx)
    expect(await isThere(old.id)).toBe(true)
    await deleteOrphans(ctx)
    expect([await isThere(old.id), await isThere(young.id)]).toEqual([false, true])
  })

  test('removes uploads that broke off with their process', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx, { content: pngOf(9, 9) })
    await database.sql`update media set state = 'uploading', updated_at = now() - interval '59 minutes' where id = ${id}`
    await deleteOrphans(ctx)
    expect(await isThere(id)).toBe(true)
    await age(id, 1)
    await deleteOrphans(ctx)
    expect(await isThere(id)).toBe(false)
    expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
  })

  test('removes them also where the storage cannot be swept', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    await database.sql`update media set state = 'uploading' where id = ${id}`
    await age(id, 1)
    const sweep = () => Promise.reject(new Error('NotImplemented'))
    const warned: unknown[] = []
    const log = { ...ctx.log, warn: (fields: unknown) => void warned.push(fields) }
    await deleteOrphans({ ...ctx, log, storage: { ...ctx.storage, sweep } })
    expect(await isThere(id)).toBe(false)
    expect(warned).toEqual([{ err: new Error('NotImplemented') }])
  })
})

test('uses go with their file', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  await use(ctx, [id], [ctx.actor.user.id])
  await deleteMedia(ctx, { id, force: true })
  expect(await database.db.$count(mediaUses, eq(mediaUses.mediaId, id))).toBe(0)
})
