import { randomUUID } from 'node:crypto'
import type { ListHeldMedia, ListMedia } from '@galley/contract/platform/media'
import { media, mediaUses } from '@galley/db/schema'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders } from '../../test/pages.ts'
import type { SessionCtx } from '../ctx.ts'
import { listMediaUses } from './get.ts'
import { listHeldMedia, listMedia } from './list.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(media)
})

const variant = { name: 'file.png', mime: 'image/png', bytes: 100, width: 8, height: 8 }

type File = Partial<typeof media.$inferInsert> & { fileName: string }

/** Files as they were uploaded one after the other, the first first. */
async function insert(ctx: SessionCtx, ...files: File[]) {
  const rows = files.map((file, n) => ({
    id: randomUUID(),
    ownerId: ctx.actor.user.id,
    kind: 'image' as const,
    state: 'ready' as const,
    mime: 'image/png',
    bytes: 100,
    variants: file.state && file.state !== 'ready' ? [] : [variant],
    reason: file.state === 'refused' ? 'media/infected' : null,
    storagePrefix: randomUUID().replaceAll('-', ''),
    width: 8,
    height: 8,
    createdAt: new Date(Date.UTC(2026, 0, 1 + n)),
    updatedAt: new Date(Date.UTC(2026, 0, 1 + n)),
    ...file,
  }))
  await database.db.insert(media).values(rows)
  return rows
}

const use = (mediaId: string, n = 0) =>
  database.db.insert(mediaUses).values({
    mediaId,
    subjectKind: 'article',
    subjectId: randomUUID(),
    title: `Use ${n}`,
    isPublic: true,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(n / 2))),
  })

describe('one’s own files', () => {
  const names = async (ctx: SessionCtx, input: Partial<ListMedia> = {}) =>
    (await listMedia(ctx, { limit: 20, ...input })).items.map(({ fileName }) => fileName)

  test('are narrowed by what they are, how far they are, and whether something uses them', async () => {
    const me = await domain.person()
    const [cat] = await insert(
      me,
      { fileName: 'cat.png', alt: 'Asleep' },
      { fileName: 'paper.pdf', caption: 'Of 1921', kind: 'document', mime: 'application/pdf' },
      { fileName: 'bad.png', state: 'refused' },
    )
    await insert(await domain.person(), { fileName: 'others.png' })
    await use(cat?.id ?? '')
    expect(await names(me)).toEqual(['bad.png', 'paper.pdf', 'cat.png'])
    expect(await names(me, { kind: 'document' })).toEqual(['paper.pdf'])
    expect(await names(me, { state: 'refused' })).toEqual(['bad.png'])
    expect(await names(me, { used: true })).toEqual(['cat.png'])
    expect(await names(me, { used: false })).toEqual(['bad.png', 'paper.pdf'])
    expect(await names(me, { query: 'asleep' })).toEqual(['cat.png'])
    expect(await names(me, { query: '1921' })).toEqual(['paper.pdf'])
    expect(await names(me, { query: 'png', state: 'ready' })).toEqual(['cat.png'])
  })

  test('are in each order, and in it page by page', async () => {
    const me = await domain.person()
    await insert(
      me,
      { fileName: 'b.png', bytes: 300 },
      { fileName: 'a.png', bytes: 200 },
      { fileName: 'c.png', bytes: 200 },
      { fileName: 'c.png', bytes: 400 },
    )
    const orders = ['newest', 'oldest', 'largest', 'smallest', 'name', '-name'] as const
    await expectOrders((input) => listMedia(me, input), orders, 4)
    expect(await names(me, { sort: 'oldest' })).toEqual(['b.png', 'a.png', 'c.png', 'c.png'])
    expect((await names(me, { sort: 'largest' })).slice(0, 2)).toEqual(['c.png', 'b.png'])
    expect((await names(me, { sort: 'smallest' })).slice(2)).toEqual(['b.png', 'c.png'])
    expect(await names(me, { sort: 'name' })).toEqual(['a.png', 'b.png', 'c.png', 'c.png'])
    expect(await names(me, { sort: '-name' })).toEqual(['c.png', 'c.png', 'b.png', 'a.png'])
  })
})

test('files that are held back are those of all, of one state or of one owner, in each order', async () => {
  const admin = await domain.person({ role: 'admin' })
  const other = await domain.person({ username: 'sender' })
  await insert(other, { fileName: 'a.png', state: 'refused' }, { fileName: 'ready.png' })
  await insert(
    admin,
    { fileName: 'b.png', state: 'refused' },
    { fileName: 'c.png', state: 'uploading' },
  )
  const names = async (input: Partial<ListHeldMedia>) =>
    (await listHeldMedia(admin, { limit: 20, ...input })).items.map(({ fileName }) => fileName)
  expect((await names({})).toSorted()).toEqual(['a.png', 'b.png', 'c.png'])
  expect((await names({ state: 'refused' })).toSorted()).toEqual(['a.png', 'b.png'])
  expect(await names({ owner: 'sender' })).toEqual(['a.png'])
  expect(await names({ owner: 'nobody' })).toEqual([])
  expect(await names({ owner: 'sender', state: 'uploading' })).toEqual([])
  await expectOrders((input) => listHeldMedia(admin, input), ['updated', '-updated'], 3)
})

test('uses of a file are listed page by page, and counted', async () => {
  const me = await domain.person()
  const [file] = await insert(me, { fileName: 'a.png' })
  const id = file?.id ?? ''
  for (let n = 0; n < 7; n += 1) await use(id, n)
  await expectOrders((input) => listMediaUses(me, { ...input, id }), ['newest', 'oldest'], 7)
  const { items } = await listMediaUses(me, { id, limit: 1 })
  expect(items[0]?.subject.title).toBe('Use 6')
})
