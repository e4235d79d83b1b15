import { setTimeout } from 'node:timers/promises'
import type { AuditAction } from '@galley/contract/audit-actions'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { TimeOrder } from '@galley/contract/primitives'
import { createDb } from '@galley/db/client'
import { auditLog } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders, expectPages } from '../../test/pages.ts'
import { listAudit, listSecurityEvents } from './list.ts'
import { recordAudit } from './record.ts'
import { deleteOldEntries } from './sweep.ts'

const domain = useTestDomain()
const { database } = domain

type More = Partial<Parameters<typeof recordAudit>[2]>

/** Of made-up actions, so that nothing else leaves entries of the same. Entries of one millisecond have no order. */
async function record(ctx: Ctx, action: string, more: More = {}) {
  await transact(ctx, (tx) => recordAudit(ctx, tx, { ...made(action), ...more }))
  await setTimeout(2)
}

const made = (action: string) => ({
  action: action as AuditAction,
  target: { type: 'thing', id: '1' },
})

test('what is undone is not written down', async () => {
  const ctx = domain.anonymous()
  const undone = transact(ctx, async (tx) => {
    await recordAudit(ctx, tx, made('thing.undone'))
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await database.db.$count(auditLog, eq(auditLog.action, 'thing.undone'))).toBe(0)
})

describe('listAudit', () => {
  const actions = async (ctx: SessionCtx, input: Partial<Parameters<typeof listAudit>[1]>) =>
    (await listAudit(ctx, { limit: 20, ...input })).items.map(({ action }) => action)

  test('says who did what, when and from where', async () => {
    const admin = await domain.person({ role: 'admin', username: 'the-admin' })
    const before = { colour: 'red' }
    await record(admin, 'full.entry', { before, after: { colour: 'blue' } })
    const { items } = await listAudit(admin, { action: 'full.entry', limit: 20 })
    expect(items).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/Z$/),
        action: 'full.entry',
        actorKind: 'user',
        actor: { id: admin.actor.user.id, username: 'the-admin' },
        subject: null,
        target: { type: 'thing', id: '1' },
        before,
        after: { colour: 'blue' },
        requestId: 'test',
        ip: '127.0.0.1',
        userAgent: 'test',
      },
    ])
  })

  test('tells people, tokens and Galley itself apart', async () => {
    const admin = await domain.person({ role: 'admin' })
    const via = { kind: 'token', tokenId: 't', scopes: new Set<never>() } as const
    await record({ ...admin, actor: { ...admin.actor, via } }, 'kind.token')
    await record({ ...admin, actor: { kind: 'system' } }, 'kind.system')
    await record(domain.anonymous(), 'kind.anonymous')
    const { items } = await listAudit(admin, { action: 'kind.', limit: 20 })
    const kinds = items.map(({ actorKind, actor }) => [actorKind, actor?.id])
    expect(kinds).toHaveLength(3)
    expect(Object.fromEntries(kinds)).toEqual({
      anonymous: undefined,
      system: undefined,
      token: admin.actor.user.id,
    })
  })

  test('filters by action, actor, target and time, together', async () => {
    const admin = await domain.person({ role: 'admin', username: 'filter-admin' })
    const other = await domain.person({ username: 'filter-other' })
    const at = (time: string) => ({ ...admin, now: () => new Date(time) })
    await record(at('2026-01-01T00:00:00Z'), 'filter.one')
    await record(at('2026-01-02T00:00:00Z'), 'filter.two', { target: { type: 'other', id: '2' } })
    await record({ ...other, now: () => new Date('2026-01-03T00:00:00Z') }, 'filter.one')
    const all = { action: 'filter.' }
    expect(await actions(admin, all)).toEqual(['filter.one', 'filter.two', 'filter.one'])
    expect(await actions(admin, { action: 'filter.two' })).toEqual(['filter.two'])
    expect(await actions(admin, { action: 'filter' })).toEqual([])
    await expectPages((input) => listAudit(admin, { ...input, ...all }), 3)
    expect(await actions(admin, { ...all, actor: 'filter-other' })).toEqual(['filter.one'])
    expect(await actions(admin, { ...all, actor: 'nobody-here' })).toEqual([])
    expect(await actions(admin, { ...all, targetType: 'other', targetId: '2' })).toEqual([
      'filter.two',
    ])
    const from = '2026-01-02T00:00:00.000Z'
    expect(await actions(admin, { ...all, from })).toEqual(['filter.one', 'filter.two'])
    expect(await actions(admin, { ...all, to: from })).toEqual(['filter.one'])
    const day = '2026-01-02'
    expect(await actions(admin, { ...all, from: day, to: day })).toEqual(['filter.two'])
    expect(await actions(admin, { ...all, from: '1000-01-01', to: '9999-12-31' })).toHaveLength(3)
    expect(await actions(admin, { ...all, from, actor: 'filter-admin' })).toEqual(['filter.two'])
  })

  test('a sign-in names whose it is, and is found by that person', async () => {
    const admin = await domain.person({ role: 'admin' })
    const { user } = (await domain.person({ username: 'signed-in-person' })).actor
    const subjectId = user.id
    await record(domain.anonymous(), 'sign-in.of-person', { subjectId })
    await record(domain.anonymous(), 'sign-in.of-another', { subjectId: admin.actor.user.id })
    await record({ ...admin, actor: { ...admin.actor, user } }, 'sign-in.by-person')
    const { items } = await listAudit(admin, { person: 'signed-in-person', limit: 20 })
    const subject = { id: subjectId, username: 'signed-in-person' }
    const found = items.map(({ action, actor, subject: of }) => [action, { actor, of }])
    expect(Object.fromEntries(found)).toEqual({
      'sign-in.by-person': { actor: subject, of: null },
      'sign-in.of-person': { actor: null, of: subject },
    })
    expect(await actions(admin, { person: 'nobody-here' })).toEqual([])
    expect(await actions(admin, { actor: 'signed-in-person' })).toEqual(['sign-in.by-person'])
    expect(await actions(admin, { subject: 'signed-in-person' })).toEqual(['sign-in.of-person'])
  })

  test.each(['%.', '_ilter.', String.raw`filter\.`])('IN6 %s means itself', async (action) => {
    expect(await actions(await domain.person({ role: 'admin' }), { action })).toEqual([])
  })

  test('pages follow each other without gap or repeat, each one statement', async () => {
    const admin = await domain.person({ role: 'admin' })
    const now = () => new Date('2026-03-01T00:00:00Z')
    for (let n = 0; n < 5; n++) await record({ ...admin, now }, `paged.${n}`)
    const found: string[] = []
    let cursor: string | undefined
    database.statements.length = 0
    do {
      const page = await listAudit(admin, { action: 'paged.', limit: 2, cursor })
      found.push(...page.items.map(({ action }) => action))
      cursor = page.page.nextCursor ?? undefined
    } while (cursor)
    expect(found.toSorted()).toEqual(['paged.0', 'paged.1', 'paged.2', 'paged.3', 'paged.4'])
    expect(database.statements).toHaveLength(3)
  })
})

test('people see what happened to their own account, and nothing of others', async () => {
  const me = await domain.person()
  const other = await domain.person()
  const subjectId = me.actor.user.id
  await record(me, 'session.created', { subjectId })
  await record(other, 'user.suspended', { subjectId, after: { reason: 'Spam' } })
  await record(me, 'article.deleted')
  await record(me, 'session.created', { subjectId: other.actor.user.id })
  const { items } = await listSecurityEvents(me, { limit: 20 })
  expect(items.map(({ action }) => action)).toEqual(['user.suspended', 'session.created'])
  expect(Object.keys(items[0] ?? {}).toSorted()).toEqual(['action', 'at', 'id', 'ip', 'userAgent'])
  await expectOrders((input) => listSecurityEvents(me, input), TimeOrder.options, 2)
  const actions = async (filter: Partial<Parameters<typeof listSecurityEvents>[1]>) =>
    (await listSecurityEvents(me, { limit: 20, ...filter })).items.map(({ action }) => action)
  expect(await actions({ sort: 'oldest' })).toEqual(['session.created', 'user.suspended'])
  expect(await actions({ action: 'session.' })).toEqual(['session.created'])
  expect(await actions({ from: '2999-01-01T00:00:00.000Z' })).toEqual([])
  const first = await listSecurityEvents(me, { limit: 1 })
  const second = await listSecurityEvents(me, { limit: 1, cursor: first.page.nextCursor ?? '' })
  expect(second.items.map(({ action }) => action)).toEqual(['session.created'])
})

test('lists are read from their indexes, in order', async () => {
  const ctx = await domain.person({ role: 'admin' })
  for (let n = 0; n < 20; n++) await record(ctx, 'many.rows', { subjectId: ctx.actor.user.id })
  const plan = await database.sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`
    await tx`set local enable_sort = off`
    return [
      ...(await tx`explain select * from audit_log order by at desc, id desc limit 10`),
      ...(await tx`explain select * from users order by created_at desc, id desc limit 10`),
      ...(await tx`explain select * from users
        where (lower(display_name), id) > (lower('m'), ${ctx.actor.user.id}::uuid)
        order by lower(display_name), id limit 10`),
    ]
  })
  const text = JSON.stringify(plan)
  expect(text).toContain('audit_log_at_idx')
  expect(text).toContain('users_created_at_idx')
  expect(text).toContain('users_display_name_idx')
  expect(text).not.toContain('Sort')
})

describe('LG3 the audit log is append-only', () => {
  test.each(['update audit_log set action = $1', 'delete from audit_log where action = $1'])(
    'for the role of the server: %s',
    async (statement) => {
      await record(domain.anonymous(), 'kept.for-ever')
      await expect(database.sql.unsafe(statement, ['kept.for-ever'])).rejects.toMatchObject({
        code: '42501',
      })
      expect(
        await database.db.$count(auditLog, eq(auditLog.action, 'kept.for-ever')),
      ).toBeGreaterThan(0)
    },
  )

  test('but for what is older than it is kept; how much went is an entry itself', async () => {
    const old = (days: number) => {
      const now = () => new Date(Date.now() - days * 86_400_000)
      return record(domain.anonymous({ now }), 'old.entry', { after: { days } })
    }
    await old(731)
    await old(729)
    const now = new Date()
    await deleteOldEntries({ ...domain.anonymous(), requestId: 'sweep', now: () => now })
    const admin = await domain.person({ role: 'admin' })
    const left = await listAudit(admin, { action: 'old.entry', limit: 20 })
    expect(left.items.map(({ after }) => after)).toEqual([{ days: 729 }])
    const { items } = await listAudit(admin, { action: 'audit.swept', limit: 20 })
    const before = new Date(now.getTime() - 730 * 86_400_000).toISOString()
    expect(items).toMatchObject([
      { actorKind: 'system', requestId: 'sweep', after: { entries: 1, before } },
    ])
  })

  test('TRUNCATE neither; the operator could', async () => {
    await expect(database.sql`truncate audit_log`).rejects.toMatchObject({ code: '42501' })
    await record(domain.anonymous(), 'swept.by-the-operator')
    await using operator = createDb(database.adminUrl, { max: 1 })
    await operator.sql`delete from audit_log where action = 'swept.by-the-operator'`
    expect(await database.db.$count(auditLog, eq(auditLog.action, 'swept.by-the-operator'))).toBe(0)
  })
})
