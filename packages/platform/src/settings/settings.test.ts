import { auditLog, outbox, siteSettings } from '@galley/db/schema'
import { desc, eq, like } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { upload } from '../../test/upload.ts'
import { systemCtx } from '../ctx.ts'
import { createAnnouncer } from '../events/announcer.ts'
import { deleteMedia } from '../media/change.ts'
import { findServedMedia } from '../media/open.ts'
import { getSite } from '../site/get.ts'
import { getSettings } from './get.ts'
import { setMaintenance } from './maintenance.ts'
import { createSettings } from './store.ts'
import { updateSettings } from './update.ts'

const domain = useTestDomain()
const admin = () => domain.person({ role: 'admin' })

/** What was written down of settings, last first. */
const audited = () =>
  domain.database.db
    .select({
      action: auditLog.action,
      by: auditLog.actorKind,
      before: auditLog.before,
      after: auditLog.after,
    })
    .from(auditLog)
    .where(eq(auditLog.targetType, 'settings'))
    .orderBy(desc(auditLog.id))

const happened = () =>
  domain.database.db
    .select({ event: outbox.event, payload: outbox.payload })
    .from(outbox)
    .where(like(outbox.event, 'settings.%'))
    .orderBy(desc(outbox.id))

beforeEach(async () => {
  const { db } = domain.database
  await db.delete(siteSettings)
  await domain.anonymous().settings.refresh()
  await domain.database.asOperator((sql) => sql`truncate audit_log`)
  await db.delete(outbox)
})

describe('settings', () => {
  test('what an admin sets holds at once, is written down, and follows the environment again by null', async () => {
    const ctx = await admin()
    const unset = await getSettings(ctx)
    expect(unset).toMatchObject({ version: 1, settings: unset.defaults, maintenanceSince: null })

    const change = { name: 'The Fold', signUp: 'invite', maxFileBytes: 1000 } as const
    const set = await updateSettings(ctx, { version: 1, ...change })
    expect(set).toMatchObject({ version: 2, settings: { ...unset.defaults, ...change } })
    expect(getSite(domain.anonymous())).toMatchObject({ name: 'The Fold', signUp: 'invite' })
    expect(domain.anonymous().mediaLimits.maxFileBytes).toBe(1000)
    expect(await getSettings(ctx)).toEqual(set)
    const before = { name: 'Galley', signUp: 'open', maxFileBytes: 1024 * 1024 }
    expect(await audited()).toEqual([
      { action: 'settings.updated', by: 'user', before, after: change },
    ])
    expect(await happened()).toEqual([
      {
        event: 'settings.updated',
        payload: { version: 2, names: ['name', 'signUp', 'maxFileBytes'] },
      },
    ])

    // The default by its value is no choice of its own either.
    const back = { name: null, signUp: 'open', maxFileBytes: null } as const
    expect(await updateSettings(ctx, { version: 2, ...back })).toMatchObject({
      version: 3,
      settings: unset.defaults,
    })
    expect(await domain.database.db.select().from(siteSettings)).toMatchObject([{ chosen: {} }])
  })

  test('the same again changes nothing; an older version is refused, and so are all but admins', async () => {
    const ctx = await admin()
    await updateSettings(ctx, { version: 1, name: 'One' })
    expect(await updateSettings(ctx, { version: 2, name: 'One' })).toMatchObject({ version: 2 })
    await expect(updateSettings(ctx, { version: 1, name: 'Two' })).rejects.toMatchObject({
      reason: 'settings/stale-version',
    })
    const editor = await domain.person({ role: 'editor' })
    const refused = { reason: 'role/required' }
    await expect(getSettings(editor)).rejects.toMatchObject(refused)
    await expect(setMaintenance(editor, { on: true })).rejects.toMatchObject(refused)
    const change = updateSettings(editor, { version: 2, name: 'Two' })
    await expect(change).rejects.toMatchObject(refused)
    expect(await getSettings(ctx)).toMatchObject({ version: 2, settings: { name: 'One' } })
    expect(await audited()).toHaveLength(1)
  })

  test('of twenty admins who save the same version, one is served', async () => {
    const ctx = await admin()
    const names = Array.from({ length: 20 }, (_, n) => `Name ${n}`)
    const outcomes = await Promise.allSettled(
      names.map((name) => updateSettings(ctx, { version: 1, name })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await getSettings(ctx)).toMatchObject({ version: 2 })
  })

  test('limits go no further than the environment, also where it was lowered since', async () => {
    const ctx = await admin()
    const { defaults } = await getSettings(ctx)
    const over = { maxFileBytes: defaults.maxFileBytes + 1, quotaBytes: defaults.quotaBytes + 1 }
    await expect(updateSettings(ctx, { version: 1, ...over })).rejects.toMatchObject({
      reason: 'request/invalid',
      fields: [
        { path: 'maxFileBytes', message: 'Must be at most 1,048,576.' },
        { path: 'quotaBytes', message: 'Must be at most 10,485,760.' },
      ],
    })
    await domain.database.db.insert(siteSettings).values({ chosen: over })
    await ctx.settings.refresh()
    expect(ctx.mediaLimits).toMatchObject({ maxFileBytes: defaults.maxFileBytes })
  })

  test('what another version of Galley has left has its default here, and the rest holds', async () => {
    const ctx = await admin()
    const chosen = { name: 'Kept', signUp: 'by-letter', unheardOf: 1 }
    await domain.database.db.insert(siteSettings).values({ chosen })
    const { settings, defaults } = await getSettings(ctx)
    expect(settings).toEqual({ ...defaults, name: 'Kept' })
  })
})

describe('a logo', () => {
  test('is one of the own pictures; everybody sees it while it is used, and its uses name the site', async () => {
    const ctx = await admin()
    const { id: logoMediaId } = await upload(ctx)
    await expect(updateSettings(ctx, { version: 1, logoMediaId })).rejects.toMatchObject({
      reason: 'media/not-ready',
      fields: [{ path: 'logoMediaId' }],
    })
    await domain.runJobs()
    const file = { id: logoMediaId, variant: 'thumbnail' }
    await expect(findServedMedia(domain.anonymous(), file)).rejects.toThrow()
    const logoUrl = `/media/${logoMediaId}/thumbnail`
    expect(await updateSettings(ctx, { version: 1, logoMediaId })).toMatchObject({ logoUrl })
    expect(getSite(domain.anonymous())).toMatchObject({ logoUrl })
    expect(await findServedMedia(domain.anonymous(), file)).toMatchObject({ isPublic: true })
    await expect(deleteMedia(ctx, { id: logoMediaId, force: false })).rejects.toMatchObject({
      fields: [{ path: 'id', message: 'Used in: The site: logo' }],
    })
    // Another admin changes something else: the logo of the first stays.
    const other = await admin()
    expect(await updateSettings(other, { version: 2, name: 'Another' })).toMatchObject({ logoUrl })
    await expect(
      updateSettings(other, { version: 3, logoMediaId: (await upload(ctx)).id }),
    ).rejects.toMatchObject({ reason: 'media/not-found' })
    expect(await updateSettings(other, { version: 3, logoMediaId: null })).toMatchObject({
      logoUrl: null,
    })
    await expect(findServedMedia(domain.anonymous(), file)).rejects.toThrow()
  })

  test('that is deleted as a file is gone here', async () => {
    const ctx = await admin()
    const { id: logoMediaId } = await upload(ctx)
    await domain.runJobs()
    await updateSettings(ctx, { version: 1, logoMediaId })
    await deleteMedia(ctx, { id: logoMediaId, force: true })
    expect(await getSettings(ctx)).toMatchObject({ logoMediaId: null, version: 2 })
    await ctx.settings.refresh()
    expect(getSite(domain.anonymous())).toMatchObject({ logoUrl: null })
  })
})

test('maintenance begins and ends once, by an admin or the operator', async () => {
  const ctx = await admin()
  const { maintenanceSince } = await setMaintenance(ctx, { on: true })
  expect(ctx.settings.current).toMatchObject({ maintenanceSince })
  expect(await setMaintenance(ctx, { on: true })).toMatchObject({ maintenanceSince })
  const operator = systemCtx(domain.anonymous())
  expect(await setMaintenance(operator, { on: false })).toMatchObject({ maintenanceSince: null })
  await setMaintenance(operator, { on: false })
  expect(await audited()).toMatchObject([
    { action: 'settings.maintenance-off', by: 'system', before: { since: maintenanceSince } },
    { action: 'settings.maintenance-on', by: 'user' },
  ])
  expect(await happened()).toEqual([
    { event: 'settings.maintenance-changed', payload: { on: false } },
    { event: 'settings.maintenance-changed', payload: { on: true } },
  ])
})

test('another process follows by notification, and tells what changed once', async () => {
  const { db, listen } = domain.database
  const ctx = { ...(await admin()), announce: createAnnouncer(db, { sender: 'one' }).announce }
  const changes: unknown[] = []
  const { defaults } = ctx.settings.current
  const onChange = ({ settings: { name } }: { settings: { name: string } }) => changes.push(name)
  const beside = createSettings({ db, defaults, onChange })
  const end = beside.follow({ listen })
  await updateSettings(ctx, { version: 1, name: 'Heard' })
  await expect.poll(() => beside.current.settings.name).toBe('Heard')
  await beside.refresh()
  expect(changes).toEqual(['Heard'])
  end()
})
