import { mkdtempDisposable, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { media } from '@galley/db/schema'
import type { Images } from '@galley/images/images'
import type { Storage } from '@galley/storage/storage'
import type { VirusScanner } from '@galley/virus-scan/virus-scanner'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { useFullDisk } from '../../test/full-disk.ts'
import { upload } from '../../test/upload.ts'
import type { Ctx } from '../ctx.ts'
import { deleteMedia } from './change.ts'
import { getMedia } from './get.ts'
import { withFile } from './internal.ts'
import { listHeldMedia } from './list.ts'
import { findServedMedia } from './open.ts'
import { resumeWaiting, runProcessing } from './process.ts'
import { getMediaQuota } from './quota.ts'

const domain = useTestDomain()
const { database } = domain

const named = (name: string) => Object.assign(new Error(`${name} for a test`), { name })

const scanner = (scan: () => ReturnType<VirusScanner['scan']>): VirusScanner => ({
  async scan(body) {
    body.destroy()
    return scan()
  },
})

const away = scanner(() => Promise.reject(named('ScannerUnavailable')))
const finds = scanner(async () => ({ verdict: 'infected', signature: 'Eicar-Test-Signature' }))

const makeIdle = () =>
  database.sql`update media set updated_at = now() - interval '1 minute' where state in ('quarantined', 'processing')`

describe('while the scanner is away', () => {
  test('a file stays in quarantine, is served to nobody, and admins see why', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    await domain.runJobs({ virusScanner: away })
    expect(await getMedia(ctx, { id })).toMatchObject({
      state: 'quarantined',
      reason: 'media/scan-pending',
    })
    await expect(findServedMedia(ctx, { id, variant: undefined })).rejects.toMatchObject({
      reason: 'media/not-found',
    })
    const admin = await domain.person({ role: 'admin' })
    const { items } = await listHeldMedia(admin, { limit: 20, state: 'quarantined' })
    expect(items.find((item) => item.id === id)).toMatchObject({
      reason: 'media/scan-pending',
      detail: 'ScannerUnavailable for a test',
      owner: { username: ctx.actor.user.username },
    })
  })

  test('it is looked at again until the scanner is there', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    for (let time = 0; time < 8; time++) {
      await makeIdle()
      await resumeWaiting(ctx)
      await domain.runJobs({ virusScanner: away })
    }
    expect(await getMedia(ctx, { id })).toMatchObject({ state: 'quarantined' })
    await makeIdle()
    await resumeWaiting(ctx)
    await domain.runJobs()
    expect(await getMedia(ctx, { id })).toMatchObject({ state: 'ready', reason: null })
  })
})

test('a file on which the scanner breaks off every time is given up, and admins see why', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  const virusScanner = scanner(() => Promise.reject(named('ScanBrokenOff')))
  for (let time = 0; time < 7; time++) {
    await domain.runJobs({ virusScanner })
    expect(await getMedia(ctx, { id })).not.toMatchObject({ state: 'ready' })
    await database.sql`update media set updated_at = now() - interval '1 day' where state = 'quarantined'`
    await resumeWaiting(ctx)
  }
  const admin = await domain.person({ role: 'admin' })
  const { items } = await listHeldMedia(admin, { limit: 20, state: 'refused' })
  expect(items.find((item) => item.id === id)).toMatchObject({
    reason: 'media/processing-failed',
    detail: 'ScanBrokenOff for a test',
  })
})

test('what is infected is refused, its objects removed and its room free', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  await domain.runJobs({ virusScanner: finds })
  expect(await getMedia(ctx, { id })).toMatchObject({ state: 'refused', reason: 'media/infected' })
  expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
  const [row] = await database.db.select().from(media).where(eq(media.id, id))
  expect(row).toMatchObject({ detail: 'Eicar-Test-Signature', variants: [] })
  await expect(domain.storage.head(`media/${row?.storagePrefix}/upload`)).rejects.toThrow(
    'no object',
  )
  await expect(findServedMedia(ctx, { id, variant: undefined })).rejects.toMatchObject({
    reason: 'media/not-found',
  })
  await deleteMedia(ctx, { id, force: false })
  expect((await getMediaQuota(ctx)).usedBytes).toBe(0)
})

test('a storage that is away holds a file back; then it goes on', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  const full: Storage = {
    ...domain.storage,
    put: (_key, body) => {
      body.destroy()
      return Promise.reject(named('StorageUnavailable'))
    },
  }
  await domain.runJobs({ storage: full })
  expect(await getMedia(ctx, { id })).toMatchObject({
    state: 'processing',
    reason: 'storage/unavailable',
  })
  await makeIdle()
  await resumeWaiting(ctx)
  await domain.runJobs()
  expect(await getMedia(ctx, { id })).toMatchObject({ state: 'ready' })
})

test('a machine without room for files holds one back; then it goes on', async ({ skip }) => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  {
    using disk = useFullDisk()
    if (!disk) return skip('this machine mounts no small disk')
    for (let time = 0; time < 8; time++) {
      await makeIdle()
      await resumeWaiting(ctx)
      await domain.runJobs()
    }
  }
  expect(await getMedia(ctx, { id })).toMatchObject({
    state: 'quarantined',
    reason: 'storage/unavailable',
  })
  await makeIdle()
  await resumeWaiting(ctx)
  await domain.runJobs()
  expect(await getMedia(ctx, { id })).toMatchObject({ state: 'ready' })
})

describe('a file on which the process for pictures fails', () => {
  const failing = (error: Error): Partial<Images> => ({
    async makeVariants() {
      throw error
    },
  })
  const tryAgain = async (ctx: Ctx, replaced: Partial<Images>) => {
    await database.sql`update media set updated_at = now() - interval '1 day' where state = 'quarantined'`
    await resumeWaiting(ctx)
    await domain.runJobs({ images: { ...ctx.images, ...replaced } })
  }

  test('is tried again at ever longer intervals, and given up in the end', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    const images = failing(named('ImagesUnavailable'))
    for (let time = 0; time < 6; time++) await tryAgain(ctx, images)
    expect(await getMedia(ctx, { id })).toMatchObject({ reason: 'server/unavailable' })
    await makeIdle()
    await resumeWaiting(ctx)
    expect(await domain.runJobs({ only: 'media.process' })).toEqual([])
    await tryAgain(ctx, images)
    const [row] = await database.db.select().from(media).where(eq(media.id, id))
    expect(row).toMatchObject({
      state: 'refused',
      reason: 'media/processing-failed',
      detail: 'ImagesUnavailable for a test',
    })
  })

  test('for want of room on the disk is not', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    const error = Object.assign(named('ImagesUnavailable'), { code: 'ENOSPC' })
    for (let time = 0; time < 8; time++) await tryAgain(ctx, failing(error))
    expect(await getMedia(ctx, { id })).toMatchObject({ reason: 'storage/unavailable' })
    await tryAgain(ctx, {})
    expect(await getMedia(ctx, { id })).toMatchObject({ state: 'ready' })
  })
})

test('work that was killed in the middle begins again, and ends the same', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  await domain.runJobs({ only: 'none' })
  // As a worker leaves it that was killed after it had written some of the variants.
  await database.sql`update media set state = 'processing', attempts = 1 where id = ${id}`
  await makeIdle()
  await resumeWaiting(ctx)
  await resumeWaiting(ctx)
  const outcomes = await domain.runJobs()
  expect(outcomes.filter(({ name }) => name === 'media.process')).toHaveLength(1)
  expect(await getMedia(ctx, { id })).toMatchObject({ state: 'ready' })
})

test.each(['get', 'put'] as const)(
  'a run that counted as lost, and goes on at %s when another has ended, removes nothing of what that made',
  async (moment) => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    const put: Storage['put'] = async (_key, body) => {
      body.destroy()
      throw named('StorageUnavailable')
    }
    await domain.runJobs({ storage: { ...domain.storage, put } })
    const runAnother = async () => {
      await makeIdle()
      await resumeWaiting(ctx)
      await domain.runJobs()
    }
    let another: Promise<void> | undefined
    const late: Storage = {
      ...domain.storage,
      async get(...wanted) {
        if (moment === 'get') await (another ??= runAnother())
        return domain.storage.get(...wanted)
      },
      async put(...wanted) {
        if (moment === 'put') await (another ??= runAnother())
        return domain.storage.put(...wanted)
      },
    }
    const { signal } = new AbortController()
    const running = { signal, progress: async () => {} }
    const outcome = await runProcessing({ ...ctx, storage: late }, { mediaId: id }, running)
    expect(outcome).toEqual({ state: 'ready' })
    await domain.runJobs()
    const served = await findServedMedia(ctx, { id, variant: undefined })
    const { body } = await served.open(undefined, signal)
    body.destroy()
  },
)

test('what brings its worker down again and again is given up', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  await database.sql`update media set attempts = 6 where id = ${id}`
  await domain.runJobs()
  expect(await getMedia(ctx, { id })).toMatchObject({
    state: 'refused',
    reason: 'media/processing-failed',
  })
})

test('a picture that is deleted while its variants are made leaves no object', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  const written: string[] = []
  let isDeleted = false
  const storage: Storage = {
    ...domain.storage,
    async put(key, body, options) {
      if (!isDeleted) {
        isDeleted = true
        await deleteMedia(ctx, { id, force: false })
      }
      written.push(key)
      return domain.storage.put(key, body, options)
    },
  }
  await domain.runJobs({ storage })
  expect(written.length).toBeGreaterThan(3)
  for (const key of written) await expect(domain.storage.head(key)).rejects.toThrow('no object')
})

test('pictures that cannot be read by the library are refused, with its words for admins', async () => {
  const ctx = await domain.person()
  const { id } = await upload(ctx)
  const images: Images = {
    ...ctx.images,
    makeVariants: () =>
      Promise.reject(
        Object.assign(named('FileRefused'), { reason: 'broken', message: 'It is cut off.' }),
      ),
  }
  await domain.runJobs({ images })
  expect(await getMedia(ctx, { id })).toMatchObject({
    state: 'refused',
    reason: 'media/unreadable',
  })
  const [row] = await database.db.select().from(media).where(eq(media.id, id))
  expect(row?.detail).toBe('It is cut off.')
})

test('a file is open before it is handed on, so that none is opened when its folder is gone', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'galley-media-'))
  const file = path.join(folder.path, 'upload')
  await writeFile(file, 'hello')
  const read = withFile(file, async (body) => {
    await rm(file)
    return text(body)
  })
  expect(await read).toBe('hello')
  await expect(withFile(file, text)).rejects.toMatchObject({ code: 'ENOENT' })
})
